#include "mcu/rtp/receive_stream.h"
