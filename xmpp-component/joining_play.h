// For tests of calls: a conference with people who call it.
#pragma once

#include <string>

#include "xmpp-component/jingle/call_play.h"
#include "xmpp-component/service_play.h"

namespace rollcall::component::testing {

/// As Gajim 1.7, Pidgin and Psi offer.
inline std::string offer_without_dtls() {
  std::string offer = jingle::testing::content("0", "audio");
  const auto begin = offer.find("<fingerprint");
  const std::string end = "</fingerprint>";
  return offer.erase(begin, offer.find(end) + end.size() - begin);
}

struct CallPlay : TeamPlay {
  void proposes(const std::string& who, const std::string& sid, const std::string& to = team,
                const std::string& extra = "") {
    sends("<message type='chat' id='p1' from='" + who + "' to='" + to +
          "'><propose xmlns='urn:xmpp:jingle-message:0' id='" + sid +
          "'><description xmlns='urn:xmpp:jingle:apps:rtp:1' media='audio'/><description "
          "xmlns='urn:xmpp:jingle:apps:rtp:1' media='video'/></propose>" +
          extra + "</message>");
  }
  /// A person's device shows itself, and says when asked what program it is.
  void uses(const std::string& who, const std::string& client) {
    sends("<presence from='" + who + "' to='" + team + "'/>");
    contacts_hear("<iq type='result' id='x' from='" + who + "'><query xmlns='http://jabber.org/protocol/disco#info'>" +
                  "<identity category='client' type='pc' name='" + client + "'/></query></iq>");
    goes_silent();
  }
  /// A Jingle action; what it is answered with.
  std::string acts(const std::string& who, const std::string& action, const std::string& sid,
                   const std::string& inside = "", const std::string& to = team + "/call") {
    return asks(who, to,
                "<jingle xmlns='urn:xmpp:jingle:1' action='" + action + "' sid='" + sid + "'>" + inside + "</jingle>",
                "set");
  }
  void answers(const rules::CreateLeg& create) {
    happens(rules::McuAnswered{create.leg, jingle::testing::answer_to(*create.offer)});
  }
  /// Calls, is taken, and packets flow.
  model::LegId joins(const std::string& who, const std::string& sid) {
    now += 1ms;
    acts(who, "session-initiate", sid, jingle::testing::grouped_offer());
    const auto create = order<rules::CreateLeg>();
    answers(create);
    happens(rules::LegConnected{create.leg});
    return create.leg;
  }
};

}  // namespace rollcall::component::testing
