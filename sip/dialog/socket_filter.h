// What the kernel throws away before anybody reads it: sofia keeps ten kilobytes for each request for half a minute,
// whatever becomes of it.
#pragma once

#include <linux/filter.h>

#include <string>
#include <vector>

namespace rollcall::sip::dialog {

/// A program for a UDP socket: everything of `trusted` passes, nothing of `shut_out`, and of the others all but
/// OPTIONS, by which the net is searched for telephone systems. IPv4 addresses; what comes by IPv6 passes.
[[nodiscard]] std::vector<sock_filter> filter_program(const std::vector<std::string>& trusted,
                                                      const std::vector<std::string>& shut_out);

/// Puts the program on this process' UDP sockets at `address`, "192.0.2.1:5060". False: there is none, or the kernel
/// does not take it.
bool set_filter(const std::string& address, std::vector<sock_filter> program);

}  // namespace rollcall::sip::dialog
