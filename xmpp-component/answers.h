// Requests of people as events of the allocator, and answers by iq.
#pragma once

#include <string>

#include "allocator/rules/event.h"
#include "xmpp-component/asking.h"
#include "xmpp-component/commands/request.h"

namespace rollcall::component {

/// `request` is no Help; that needs no decision.
[[nodiscard]] rules::Event to_event(const commands::Request& request, rules::RequestId id, const model::Address& asker,
                                    const model::ConferenceId& conference);

}  // namespace rollcall::component
