#include "mcu/rtp/arrivals.h"
