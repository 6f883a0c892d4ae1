// What people ask by iq: ad-hoc commands, and <call/> for the authors of clients.
#include <chrono>
#include <utility>
#include <variant>

#include "allocator/rules/directory.h"
#include "allocator/words/words.h"
#include "xmpp-component/correspondence.h"
#include "xmpp-component/language.h"
#include "xmpp-component/stanza/call_request.h"
#include "xmpp-component/stanza/disco.h"
#include "xmpp-component/stanza/stanza_error.h"

namespace rollcall::component {
namespace {

using commands::AdHoc;
using model::Address;
using words::Language;

void refuse(stream::IqRequest& request, const model::Refusal& refusal, Language language) {
  request.error(stanza::write_error(refusal, words::explain(refusal, language)));
}

}  // namespace

bool Correspondence::take_iq(stream::IqRequest& request) {
  const gloox::Tag* payload = request.payload();
  const auto asker = Address::parse(request.from());
  const auto us = Address::parse(request.to());
  if (payload == nullptr || !asker || !us) return false;
  if (!request.is_set()) return take_meeting(request, *asker, *us) || list_commands(request, *payload, *us);
  const bool is_call = payload->name() == "call" && payload->xmlns() == stanza::call_namespace;
  const bool is_command = payload->name() == "command" && payload->xmlns() == stanza::commands_namespace;
  if (!is_call && !is_command) return false;
  if (floods_.asks(*asker, outside_.now()) != commands::Floods::Verdict::fine) {
    // An iq is always answered; this costs least.
    refuse(request, {model::Reason::too_fast}, language_of(allocator_, request.iq()));
    return true;
  }
  see_person(request.iq(), outside_.happens);
  if (is_call) {
    take_call(std::move(request), *payload, *asker);
    return true;
  }
  take_command(std::move(request), *payload, *asker, *us);
  return true;
}

void Correspondence::take_call(stream::IqRequest request, const gloox::Tag& call, const Address& asker) {
  auto wanted = stanza::read_call_request(call);
  const Language language = language_of(allocator_, request.iq());
  if (!wanted) return refuse(request, wanted.error(), language);
  commands::StartConference start{.invitees = std::move(wanted->invitees), .routes = std::move(wanted->routes)};
  if (!wanted->name.empty()) start.name = wanted->name;
  ask(start, asker, {}, CallIq{std::move(request), language});
}

bool Correspondence::take_meeting(stream::IqRequest& request, const Address& asker, const Address& us) {
  const auto meeting = stanza::read_meeting_request(*request.payload());
  if (!meeting || !is_service(us)) return false;
  const Language language = language_of(allocator_, request.iq());
  if (floods_.asks(asker, outside_.now()) != commands::Floods::Verdict::fine) {
    refuse(request, {model::Reason::too_fast}, language);
    return true;
  }
  commands::StartConference start;
  if (!meeting->name.empty()) start.name = meeting->name;
  ask(start, asker, {}, MeetingIq{std::move(request), *meeting, language});
  return true;
}

void Correspondence::take_command(stream::IqRequest request, const gloox::Tag& command, const Address& asker,
                                  const Address& us) {
  const auto wanted = stanza::read_command(command);
  const Language language = wanted && !wanted->language.empty() ? words::language_from_tag(wanted->language)
                                                                : language_of(allocator_, request.iq());
  if (!wanted) return refuse(request, wanted.error(), language);
  AdHoc::Asker who{us, asker, language, names_in(conference_of(us))};
  if (const model::Modes* modes = rules::modes_of(allocator_.state(), asker)) who.modes = *modes;
  auto step = ad_hoc_.handle(place_of(us), who, *wanted, std::chrono::steady_clock::now());
  if (!step) return refuse(request, step.error(), language);
  if (const auto* form = std::get_if<stanza::CommandResponse>(&*step))
    return request.result(stanza::write_command(*form));
  auto& asked = std::get<commands::Asked>(*step);
  const commands::Request wish = asked.request;
  ask(wish, asker, conference_of(us), FilledForm{std::move(request), std::move(asked), language});
}

bool Correspondence::list_commands(stream::IqRequest& request, const gloox::Tag& query, const Address& us) {
  const std::string node = query.findAttribute("node");
  const Language language = language_of(allocator_, request.iq());
  if (query.xmlns() == stanza::disco_items_namespace && node == stanza::commands_namespace) {
    request.result(stanza::write_disco_items(AdHoc::items(place_of(us), us, language)));
    return true;
  }
  if (query.xmlns() != stanza::disco_info_namespace) return false;
  const auto name = AdHoc::name(place_of(us), node, language);
  if (!name) return false;
  request.result(stanza::write_disco_info({.node = node,
                                           .identities = {{"automation", "command-node", *name}},
                                           .features = {std::string(stanza::commands_namespace), "jabber:x:data"}}));
  return true;
}

}  // namespace rollcall::component
