#include "mcu/rtp/rtcp_writer.h"
