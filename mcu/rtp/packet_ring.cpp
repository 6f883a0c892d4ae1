#include "mcu/rtp/packet_ring.h"
