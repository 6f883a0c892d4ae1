// What the settings file says, in the rooms' own words.
#pragma once

#include <optional>
#include <string>

#include "daemon/control_peer.h"
#include "daemon/settings.h"
#include "mcu/calibration/reckoning.h"
#include "mcu/supervisor/order.h"
#include "mcu/transport/io_context.h"
#include "mcu/worker.h"

namespace rollcall::mcu {

/// Without an order: of the one process that carries everything.
using Order = std::optional<supervisor::WorkerOrder>;

[[nodiscard]] Worker::Settings worker_settings(const daemon::Settings& settings, const Order& order);
[[nodiscard]] transport::IoContext::Options io_options(const daemon::Settings& settings, const Order& order);
/// One at least.
[[nodiscard]] int workers_of(const daemon::Settings& settings);
/// This MCU's name at the allocator, with which its workers' names begin.
[[nodiscard]] std::string name_of(const daemon::Settings& settings);
[[nodiscard]] calibration::Picture picture_of(const daemon::Settings& settings);
[[nodiscard]] daemon::ControlPeer::Settings peer_settings(const daemon::Settings& settings);

}  // namespace rollcall::mcu
