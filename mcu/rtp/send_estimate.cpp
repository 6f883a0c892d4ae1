#include "mcu/rtp/send_estimate.h"
