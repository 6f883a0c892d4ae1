#include "mcu/rtp/transport_feedback.h"
