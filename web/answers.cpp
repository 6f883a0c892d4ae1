#include "web/answers.h"

#include <Poco/JSON/Array.h>
#include <Poco/JSON/Object.h>

#include <sstream>

#include "sdp/sdp.h"

namespace rollcall::web {

namespace {

using model::Reason;
using Poco::JSON::Array;
using Poco::JSON::Object;

std::string text_of(const Object& object) {
  std::ostringstream out;
  object.stringify(out);
  return out.str();
}

Answer json(int status, const Object& object) {
  return {.status = status, .body = text_of(object)};
}

Answer failure(int status, std::string_view reason, std::string_view text) {
  Object object;
  object.set("reason", std::string(reason));
  object.set("text", std::string(text));
  return json(status, object);
}

bool may_be_tried_again(int status) {
  return status == 503 || status == 504;
}

}  // namespace

std::string_view sentence(Reason reason) {
  switch (reason) {
    case Reason::bad_request:
      return "Your browser sent something that this server does not understand.";
    case Reason::bad_address:
      return "That is not a valid address.";
    case Reason::own_address:
      return "You cannot call yourself.";
    case Reason::unknown_conference:
      return "This conference does not exist any more.";
    case Reason::unknown_leg:
      return "This call is over.";
    case Reason::unknown_method:
      return "The server's programs do not fit each other. Please tell your administrator.";
    case Reason::name_taken:
      return "That name is taken.";
    case Reason::not_allowed:
      return "You are not allowed to join this conference.";
    case Reason::link_forged:
      return "This link is not valid. Please check that you copied all of it.";
    case Reason::link_expired:
      return "This link has expired. Please ask for a new one.";
    case Reason::no_security:
      return "Your browser did not offer an encrypted connection.";
    case Reason::no_common_codec:
      return "Your browser and the conference have no sound or video format in common.";
    case Reason::no_media_server:
      return "No conference server is available right now. Please try again shortly.";
    case Reason::full:
      return "The conference is full. Please try again later.";
    case Reason::already_in_call:
      return "You are in this conference already.";
    case Reason::connectivity:
      return "The connection was lost.";
    case Reason::gone:
      return "The conference has been ended.";
    case Reason::declined:
      return "The call was declined.";
    case Reason::busy:
      return "That person is in another call.";
    case Reason::timeout:
      return "The conference did not answer in time. Please try again.";
    case Reason::cancelled:
      return "The call was cancelled.";
    case Reason::hung_up:
      return "You have left the conference.";
    case Reason::locked:
      return "The conference is locked: nobody new gets in now. Ask somebody who is in it to unlock it.";
    case Reason::members_only:
      return "Only members can join this conference.";
    case Reason::moderators_only:
    case Reason::owner_only:
    case Reason::dialled_enough:
    case Reason::wrong_pin:
    case Reason::modes_at_server:
      return "You may not do that in this conference.";
    case Reason::removed:
      return "A moderator has ended your call.";
    case Reason::unreachable:
    case Reason::unknown_person:
    case Reason::ambiguous_person:
    case Reason::not_dialled:
      return "That person could not be reached.";
    case Reason::too_fast:
      return "That was too much in too short a time. Please try again in a minute.";
    case Reason::not_stored:
      return "The server could not save this. Please try again.";
    case Reason::internal:
      return "Something went wrong on the server. Please try again.";
  }
  return "";
}

int status_of(Reason reason) {
  switch (reason) {
    case Reason::bad_request:
    case Reason::bad_address:
    case Reason::own_address:
      return 400;
    case Reason::link_forged:
    case Reason::not_allowed:
    case Reason::declined:
    case Reason::locked:
    case Reason::members_only:
    case Reason::moderators_only:
    case Reason::owner_only:
    case Reason::removed:
    case Reason::not_dialled:
    case Reason::wrong_pin:
    case Reason::modes_at_server:
      return 403;
    case Reason::unknown_conference:
    case Reason::unknown_leg:
    case Reason::unknown_person:
      return 404;
    case Reason::name_taken:
    case Reason::already_in_call:
    case Reason::busy:
    case Reason::cancelled:
    case Reason::ambiguous_person:
      return 409;
    case Reason::link_expired:
    case Reason::gone:
    case Reason::hung_up:
      return 410;
    case Reason::no_security:
    case Reason::no_common_codec:
      return 422;
    case Reason::too_fast:
    case Reason::dialled_enough:
      return 429;
    case Reason::internal:
      return 500;
    case Reason::unknown_method:
      return 501;
    case Reason::no_media_server:
    case Reason::full:
    case Reason::connectivity:
    case Reason::not_stored:
    case Reason::unreachable:
      return 503;
    case Reason::timeout:
      return 504;
  }
  return 500;
}

Answer refused(const model::Refusal& refusal) {
  const int status = status_of(refusal.reason);
  auto answer = failure(status, model::to_text(refusal.reason), sentence(refusal.reason));
  if (may_be_tried_again(status))
    answer.headers.emplace_back("Retry-After", refusal.reason == Reason::full ? "30" : "5");
  return answer;
}

Answer not_found() {
  return failure(404, "not-found", "There is nothing at this address.");
}

Answer wrong_method(std::string_view allowed) {
  auto answer = failure(405, "wrong-method", "This address cannot be used like that.");
  answer.headers.emplace_back("Allow", std::string(allowed));
  return answer;
}

Answer too_large() {
  return failure(413, "too-large", "Your browser sent too much at once.");
}

Answer too_many(std::chrono::seconds retry_after) {
  auto answer = failure(429, "too-many-requests", "Too many attempts. Please wait a little.");
  answer.headers.emplace_back("Retry-After", std::to_string(retry_after.count()));
  return answer;
}

Answer no_content() {
  return {.status = 204, .content_type = ""};
}

Answer link_answer(const control::LinkResolve::Result& link) {
  Object object;
  Array people;
  for (const auto& name : link.people) people.add(name);
  object.set("title", link.title.empty() ? link.conference.text() : link.title);
  object.set("running", link.running);
  object.set("people", people);
  return json(200, object);
}

Answer joined_answer(const std::string& call, const std::string& sdp) {
  Object object;
  object.set("call", call);
  object.set("sdp", sdp);
  return json(201, object);
}

Answer offer_answer(const std::string& sdp) {
  Object object;
  object.set("sdp", sdp);
  return json(200, object);
}

Answer health_answer(bool connected, std::size_t calls) {
  Object object;
  object.set("connected", connected);
  object.set("calls", calls);
  return json(connected ? 200 : 503, object);
}

std::string ended_event(Reason reason) {
  Object object;
  object.set("type", "ended");
  object.set("reason", std::string(model::to_text(reason)));
  object.set("text", std::string(sentence(reason)));
  return text_of(object);
}

std::string message_event(const std::string& text) {
  Object object;
  object.set("type", "message");
  object.set("text", text);
  return text_of(object);
}

std::string candidate_event(const std::string& mid, const model::IceCandidate& candidate) {
  Object object;
  object.set("type", "candidate");
  object.set("mid", mid);
  object.set("candidate", sdp::write_candidate(candidate));
  return text_of(object);
}

Answer events_answer(const std::vector<std::string>& events, bool connected) {
  std::string body = "{\"events\":[";
  for (const auto& event : events) body += (body.back() == '[' ? "" : ",") + event;
  return {.body = body + "],\"connected\":" + (connected ? "true" : "false") + "}"};
}

std::vector<std::pair<std::string, std::string>> common_headers(bool page) {
  const std::string nobody = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
  const std::string own = "; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; media-src 'self'";
  return {{"Content-Security-Policy", page ? nobody + own : nobody},
          {"X-Content-Type-Options", "nosniff"},
          {"Referrer-Policy", "no-referrer"},
          {"Cache-Control", "no-store"},
          {"Cross-Origin-Opener-Policy", "same-origin"},
          {"Cross-Origin-Resource-Policy", "same-origin"},
          {"Permissions-Policy", "camera=(self), microphone=(self), geolocation=(), display-capture=(), payment=()"}};
}

}  // namespace rollcall::web
