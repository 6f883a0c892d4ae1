// Every answer of the door: HTTP status, JSON, and the sentence that the page shows to a person.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "allocator/control/messages.h"
#include "allocator/model/refusal.h"
#include "web/request.h"

namespace rollcall::web {

/// Why a call ended or was not made, for the guest.
[[nodiscard]] std::string_view sentence(model::Reason reason);
[[nodiscard]] int status_of(model::Reason reason);

/// {"reason": …, "text": …}, with Retry-After where trying again makes sense. The subject stays in the log: it may
/// name what a guest has no business to know.
[[nodiscard]] Answer refused(const model::Refusal& refusal);

[[nodiscard]] Answer not_found();
[[nodiscard]] Answer wrong_method(std::string_view allowed);
[[nodiscard]] Answer too_large();
[[nodiscard]] Answer too_many(std::chrono::seconds retry_after);
[[nodiscard]] Answer no_content();

[[nodiscard]] Answer link_answer(const control::LinkResolve::Result& link);
[[nodiscard]] Answer joined_answer(const std::string& call, const std::string& sdp);
[[nodiscard]] Answer offer_answer(const std::string& sdp);
[[nodiscard]] Answer health_answer(bool connected, std::size_t calls);

/// One thing that happened to a call, as JSON object text.
[[nodiscard]] std::string ended_event(model::Reason reason);
[[nodiscard]] std::string message_event(const std::string& text);
[[nodiscard]] std::string candidate_event(const std::string& mid, const model::IceCandidate& candidate);
/// {"events": […], "connected": …}. `connected`: whether the allocator is there; without it calls go on.
[[nodiscard]] Answer events_answer(const std::vector<std::string>& events, bool connected);

/// The headers that every answer has.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> common_headers(bool page);

}  // namespace rollcall::web
