// What the settings file says, in the rooms' own words.
#pragma once

#include "daemon/control_peer.h"
#include "daemon/settings.h"
#include "mcu/transport/io_context.h"
#include "mcu/worker.h"

namespace rollcall::mcu {

[[nodiscard]] Worker::Settings worker_settings(const daemon::Settings& settings);
[[nodiscard]] transport::IoContext::Options io_options(const daemon::Settings& settings);
[[nodiscard]] daemon::ControlPeer::Settings peer_settings(const daemon::Settings& settings);

}  // namespace rollcall::mcu
