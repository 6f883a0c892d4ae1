#include "mcu/rtp/delay_trend.h"
