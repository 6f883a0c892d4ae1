#include "xmpp-component/stream/iq_tracker.h"

#include <sys/random.h>

#include <array>
#include <cassert>
#include <system_error>

#include "allocator/model/address.h"

namespace rollcall::component::stream {
namespace {

std::string unguessable_id() {
  std::array<unsigned char, 12> random{};
  if (::getrandom(random.data(), random.size(), 0) != static_cast<ssize_t>(random.size())) {
    throw std::system_error(errno, std::generic_category(), "getrandom");
  }
  std::string id;
  for (const unsigned char byte : random) {
    id += "0123456789abcdef"[byte >> 4U];
    id += "0123456789abcdef"[byte & 15U];
  }
  return id;
}

std::string normal_form(const std::string& address) {
  const auto parsed = model::Address::parse(address);
  return parsed ? parsed->text() : address;
}

}  // namespace

void IqTracker::add(gloox::Tag& iq, Scheduler::Duration timeout, Done done) {
  const Key key{normal_form(iq.findAttribute("to")), unguessable_id()};
  iq.addAttribute("id", key.second);
  auto timer = scheduler_.after(timeout, [this, key] { refuse(key, model::Reason::timeout); });
  open_.emplace(key, Question{std::move(done), std::move(timer)});
}

bool IqTracker::answered(const gloox::Tag& iq) {
  const auto found = open_.find({normal_form(iq.findAttribute("from")), iq.findAttribute("id")});
  if (found == open_.end()) return false;
  const Question question = std::move(found->second);
  open_.erase(found);
  question.done(&iq);
  return true;
}

void IqTracker::refuse(const gloox::Tag& iq, model::Reason reason) {
  refuse(Key{normal_form(iq.findAttribute("to")), iq.findAttribute("id")}, reason);
}

void IqTracker::refuse(const Key& key, model::Reason reason) {
  const auto found = open_.find(key);
  if (found == open_.end()) return;
  const std::string asked = key.first;
  const Question question = std::move(found->second);
  open_.erase(found);
  question.done(model::refuse(reason, asked));
}

void IqTracker::refuse_all(model::Reason reason) {
  const auto all = std::exchange(open_, {});
  for (const auto& [key, question] : all) question.done(model::refuse(reason, key.first));
}

}  // namespace rollcall::component::stream
