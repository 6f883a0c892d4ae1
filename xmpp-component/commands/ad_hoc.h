#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <string>
#include <variant>
#include <vector>

#include "allocator/model/expected.h"
#include "allocator/words/words.h"
#include "xmpp-component/commands/command_table.h"
#include "xmpp-component/stanza/command.h"
#include "xmpp-component/stanza/disco.h"

namespace rollcall::component::commands {

/// A command that is understood: carry out the request, then answer with completed().
struct Asked {
  Request request;
  std::string node;
  std::string session;
  bool operator==(const Asked&) const = default;
};

/// Ad-hoc commands (XEP-0050) over the command table: the forms that are open, and what comes of them. Only who began
/// a session can go on with it. Owned by the component, loop thread; time is an argument.
class AdHoc {
 public:
  using Time = std::chrono::steady_clock::time_point;
  /// Either the next form (or its cancellation), to be sent at once, or the request.
  using Step = std::variant<stanza::CommandResponse, Asked>;

  explicit AdHoc(std::function<std::string()> new_session) : new_session_(std::move(new_session)) {}

  /// disco#items of the node http://jabber.org/protocol/commands, asked at `address` (JC-53).
  [[nodiscard]] static stanza::DiscoItems items(Place place, const model::Address& address, words::Language language);
  /// A command's name, for disco#info of its node; none: there is no such command.
  [[nodiscard]] static std::optional<std::string> name(Place place, std::string_view node, words::Language language);

  /// Who asks whom, in which language, and who is in that call.
  struct Asker {
    model::Address us;      ///< the iq's `to`
    model::Address person;  ///< its `from`
    words::Language language = words::Language::english;
    std::vector<std::string> participants = {};  ///< by the names that they are shown with
    model::Modes modes = {};                     ///< his own
  };

  /// Refuses unknown_method (no such command) and bad_request (a session that is not his, not there any more or of
  /// another command; a step back).
  [[nodiscard]] model::Expected<Step> handle(Place place, const Asker& asker, const stanza::CommandRequest& request,
                                             Time now);

  /// The last word of a session: `text` as a note.
  [[nodiscard]] static stanza::CommandResponse completed(const Asked& asked, stanza::NoteType type, std::string text);

  [[nodiscard]] std::size_t open_sessions() const { return sessions_.size(); }

 private:
  struct Session {
    model::Address person;
    model::Address place;
    std::string node;
    Time begun;
  };

  model::Expected<Step> go_on(const Command& command, const Asker& asker, const stanza::CommandRequest& request,
                              Time now);
  std::string begin(const model::Address& to, const model::Address& from, std::string node, Time now);
  void close_old(const model::Address& person, Time now);

  std::function<std::string()> new_session_;
  std::map<std::string, Session> sessions_;
};

}  // namespace rollcall::component::commands
