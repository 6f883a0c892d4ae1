#include "mcu/rtp/rtcp_reader.h"
