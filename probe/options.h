// The command line.
#pragma once

#include <optional>
#include <string>

#include "allocator/model/expected.h"
#include "probe/expectations.h"
#include "probe/media.h"
#include "probe/session.h"

namespace rollcall::probe {

struct Options {
  SessionSettings session;
  MediaSettings media;
  Expectations expectations;

  std::string name;            ///< nickname in our presence (XEP-0172)
  std::string call;            ///< whom to call
  bool by_message = true;      ///< call by XEP-0353; else straight to a resource
  bool answer = false;         ///< take calls
  bool wait_invite = false;    ///< wait for an invitation, then call the conference
  bool watch = false;          ///< tell presence
  std::string subscribe;       ///< a contact to add
  std::string send_to;         ///< a chat message…
  std::string send_text;       ///< …and its text
  std::string expected_reply;  ///< regular expression; empty: none is waited for
  bool stay = false;           ///< until a signal comes
  bool until_met = false;      ///< until all expectations are met
  Milliseconds duration{10000};
  Milliseconds patience{30000};  ///< for a call to come about, a reply, an invitation
  std::string snapshot;          ///< PNG of what is received
  Milliseconds snapshot_every{0};
  Milliseconds figures_every{0};  ///< 0: only in the report
  std::string output = "-";       ///< of the JSON lines
};

/// Nothing (and exit code 0) after --help and --version. Refuses bad_request with a sentence.
[[nodiscard]] model::Expected<std::optional<Options>> parse_options(int count, char** arguments);

}  // namespace rollcall::probe
