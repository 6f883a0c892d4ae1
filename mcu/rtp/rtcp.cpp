#include "mcu/rtp/rtcp.h"
