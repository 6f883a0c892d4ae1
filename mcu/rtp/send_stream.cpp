#include "mcu/rtp/send_stream.h"
