#include "mcu/rtp/reception.h"
