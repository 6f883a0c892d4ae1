#include <doctest/doctest.h>

#include <algorithm>

#include "web/answers.h"
#include "web/page_files.h"

using namespace rollcall;
using namespace rollcall::web;

namespace {

std::string header(const Answer& answer, const std::string& name) {
  for (const auto& [key, value] : answer.headers)
    if (key == name) return value;
  return "";
}

std::string common(const std::string& name, bool page) {
  Answer answer;
  answer.headers = common_headers(page);
  return header(answer, name);
}

}  // namespace

TEST_CASE("each kind of refusal has the status that browsers and proxies expect") {
  CHECK(status_of(model::Reason::link_forged) == 403);
  CHECK(status_of(model::Reason::link_expired) == 410);
  CHECK(status_of(model::Reason::unknown_conference) == 404);
  CHECK(status_of(model::Reason::no_security) == 422);
  CHECK(status_of(model::Reason::no_common_codec) == 422);
  CHECK(status_of(model::Reason::full) == 503);
  CHECK(status_of(model::Reason::no_media_server) == 503);
  CHECK(status_of(model::Reason::timeout) == 504);
  CHECK(status_of(model::Reason::bad_request) == 400);
  CHECK(status_of(model::Reason::internal) == 500);
}

TEST_CASE("a full conference says when to try again, an expired link does not") {
  CHECK(header(refused({model::Reason::full}), "Retry-After") == "30");
  CHECK(header(refused({model::Reason::connectivity}), "Retry-After") == "5");
  CHECK(header(refused({model::Reason::link_expired}), "Retry-After").empty());
}

TEST_CASE("a refusal is a reason for programs and a sentence for people, without its subject") {
  const auto answer = refused({model::Reason::link_expired, "secret subject"});
  CHECK(answer.body == R"({"reason":"link-expired","text":"This link has expired. Please ask for a new one."})");
}

TEST_CASE("every reason has a sentence") {
  for (int i = 0; i <= static_cast<int>(model::Reason::internal); ++i) {
    const auto text = sentence(static_cast<model::Reason>(i));
    CHECK(text.ends_with('.'));
  }
}

TEST_CASE("people's names are written as JSON text, never as markup of it") {
  const auto answer = link_answer({model::ConferenceId("team"), "", true, {"Ann \"A\" <b>", "Bob\n"}});
  CHECK(answer.body == R"({"people":["Ann \"A\" <b>","Bob\n"],"running":true,"title":"team"})");
}

TEST_CASE("events are one JSON array") {
  CHECK(events_answer({}, true).body == R"({"events":[],"connected":true})");
  const auto answer = events_answer({message_event("a"), message_event("b")}, false);
  CHECK(answer.body == R"({"events":[{"text":"a","type":"message"},{"text":"b","type":"message"}],"connected":false})");
}

TEST_CASE("the page may load its own files only, and nobody may frame it") {
  const auto policy = common("Content-Security-Policy", true);
  CHECK(policy.starts_with("default-src 'none'"));
  CHECK(policy.find("script-src 'self'") != std::string::npos);
  CHECK(policy.find("frame-ancestors 'none'") != std::string::npos);
  CHECK(policy.find("unsafe") == std::string::npos);
  CHECK(common("Content-Security-Policy", false).find("script-src") == std::string::npos);
  CHECK(common("X-Content-Type-Options", true) == "nosniff");
  CHECK(common("Referrer-Policy", true) == "no-referrer");
  CHECK(common("Cache-Control", true) == "no-store");
}

TEST_CASE("the built-in page names no other server") {
  for (const char* name : {"index.html", "app.js", "api.js", "call.js", "devices.js", "layers.js", "style.css"}) {
    CAPTURE(name);
    const auto file = page_file(name);
    CHECK(file.status == 200);
    CHECK(file.body.find("http:") == std::string::npos);
    CHECK(file.body.find("https:") == std::string::npos);
  }
  CHECK(page_file("index.html").content_type.starts_with("text/html"));
  CHECK(page_file("app.js").content_type.starts_with("text/javascript"));
  CHECK(page_file("../main.cpp").status == 404);
}

TEST_CASE("the elements that tests and style rely on are in the page") {
  const auto page = page_file("index.html").body;
  for (const char* id : {"name", "join", "mix", "mute", "camera", "leave", "state", "people", "title", "notice"})
    CHECK_MESSAGE(page.find("id=\"" + std::string(id) + "\"") != std::string::npos, id);
}
