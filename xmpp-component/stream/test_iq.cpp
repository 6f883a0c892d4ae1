#include <doctest/doctest.h>

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "xmpp-component/stream/iq_request.h"
#include "xmpp-component/stream/iq_tracker.h"
#include "xmpp-component/stream/testing/stepped_scheduler.h"

using namespace rollcall::component::stream;
using namespace std::chrono_literals;
using rollcall::model::Reason;

namespace {

std::unique_ptr<gloox::Tag> iq(const std::string& type, const std::string& from, const std::string& to,
                               const std::string& id = "q1") {
  auto tag = std::make_unique<gloox::Tag>("iq", "type", type);
  tag->addAttribute("from", from);
  tag->addAttribute("to", to);
  tag->addAttribute("id", id);
  return tag;
}

struct Answers {
  std::vector<std::string> sent;
  IqRequest::Send send = [this](const gloox::Tag& tag) { sent.push_back(tag.xml()); };
};

struct Asked {
  SteppedScheduler time;
  IqTracker tracker{time};
  std::vector<std::string> outcomes;
  std::string id;

  void ask(const std::string& whom) {
    const auto question = iq("get", "call.example.org", whom, "mine");
    tracker.add(*question, 10s, [this](const rollcall::model::Expected<const gloox::Tag*>& answer) {
      outcomes.push_back(answer ? (*answer)->findAttribute("type") : std::string(to_text(answer.error().reason)));
    });
    id = question->findAttribute("id");
  }
};

}  // namespace

TEST_CASE("an iq that nobody answers is answered service-unavailable by the address that was asked") {
  Answers answers;
  { const IqRequest request(iq("get", "ann@example.org/x", "team@call.example.org"), answers.send); }
  CHECK(answers.sent ==
        std::vector<std::string>{"<iq type='error' id='q1' from='team@call.example.org' to='ann@example.org/x'>"
                                 "<error type='cancel'><service-unavailable "
                                 "xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>"});
}

TEST_CASE("an iq is answered once, however often its request is moved") {
  Answers answers;
  std::optional<IqRequest> kept;
  {
    IqRequest request(iq("set", "ann@example.org/x", "team@call.example.org"), answers.send);
    IqRequest second = std::move(request);
    kept.emplace(std::move(second));
  }
  CHECK(answers.sent.empty());
  CHECK(kept->is_set());
  kept->result();
  CHECK(kept->is_answered());
  kept.reset();
  CHECK(answers.sent ==
        std::vector<std::string>{"<iq type='result' id='q1' from='team@call.example.org' to='ann@example.org/x'/>"});
}

TEST_CASE("a request that another replaces is answered by that") {
  Answers answers;
  IqRequest request(iq("get", "a@b", "c@d", "1"), answers.send);
  request = IqRequest(iq("get", "a@b", "c@d", "2"), answers.send);
  REQUIRE(answers.sent.size() == 1);
  CHECK(answers.sent[0].find("id='1'") != std::string::npos);
  request.error("cancel", "item-not-found", "There is no such conference.");
  CHECK(answers.sent[1].find("There is no such conference.") != std::string::npos);
}

TEST_CASE("an answer counts from the address that was asked, in whatever case it is spelt") {
  Asked asked;
  asked.ask("Bob@example.org/Phone");
  CHECK(asked.tracker.answered(*iq("result", "bob@example.org/Phone", "call.example.org", asked.id)));
  CHECK(asked.outcomes == std::vector<std::string>{"result"});
  CHECK(asked.tracker.open() == 0);
}

TEST_CASE("an answer from anybody else is ignored, even with the right id") {
  Asked asked;
  asked.ask("bob@example.org");
  CHECK_FALSE(asked.tracker.answered(*iq("result", "eve@evil.example", "call.example.org", asked.id)));
  CHECK_FALSE(asked.tracker.answered(*iq("result", "bob@example.org/eve", "call.example.org", asked.id)));
  CHECK(asked.outcomes.empty());
  CHECK(asked.tracker.answered(*iq("error", "bob@example.org", "call.example.org", asked.id)));
  CHECK(asked.outcomes == std::vector<std::string>{"error"});
}

TEST_CASE("a question is answered once") {
  Asked asked;
  asked.ask("bob@example.org");
  const auto answer = iq("result", "bob@example.org", "call.example.org", asked.id);
  CHECK(asked.tracker.answered(*answer));
  CHECK_FALSE(asked.tracker.answered(*answer));
  asked.time.step(1h);
  CHECK(asked.outcomes.size() == 1);
}

TEST_CASE("a question without an answer is refused when its time is over") {
  Asked asked;
  asked.ask("bob@example.org");
  asked.time.step(9999ms);
  CHECK(asked.outcomes.empty());
  asked.time.step(1ms);
  CHECK(asked.outcomes == std::vector<std::string>{"timeout"});
}

TEST_CASE("ids are ours and no two are the same") {
  Asked asked;
  std::set<std::string> ids{"mine"};
  for (int i = 0; i < 1000; ++i) {
    asked.ask("bob@example.org");
    CHECK(ids.insert(asked.id).second);
  }
  asked.tracker.refuse_all(Reason::connectivity);
  CHECK(asked.outcomes.size() == 1000);
  CHECK(asked.outcomes.front() == "connectivity");
  CHECK(asked.time.pending() == 0);
}
