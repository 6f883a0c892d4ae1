// The stage for group chats: one called the band, on a service of our users' domain.
#pragma once

#include "xmpp-component/service_play.h"

namespace rollcall::component::testing {

inline const std::string band = "band@rooms.example.org";
inline const std::string band_call = "band@call.example.org";
inline const std::string us_in_band = "band@call.example.org/call";

struct GroupPlay : Play {
  GroupPlay() {
    mcu_comes();
    group_chats->is_online();
  }

  void invites_directly(const std::string& who, const std::string& group = band) {
    sends("<message from='" + who + "' to='" + service + "'><x xmlns='jabber:x:conference' jid='" + group +
          "'/></message>");
  }
  void invites_by_group(const std::string& inviter, const std::string& group = band) {
    sends("<message from='" + group + "' to='" + service + "'><x xmlns='http://jabber.org/protocol/muc#user'>" +
          "<invite from='" + inviter + "'/></x></message>");
  }
  /// What the group chat says about itself, when asked.
  void is_group_chat(const std::string& name = "The Band") {
    REQUIRE(unanswered.size() == 1);
    const auto answered = std::move(unanswered.back());
    unanswered.clear();
    answered(
        *tests::parse_xml("<iq type='result'><query xmlns='http://jabber.org/protocol/disco#info'>"
                          "<identity category='conference' type='text' name='" +
                          name + "'/></query></iq>"));
  }
  void is_there(const std::string& nick, const std::string& person = "", const std::string& status = "",
                const std::string& to = us_in_band, const std::string& type = "",
                const std::string& affiliation = "none") {
    sends("<presence from='" + band + "/" + nick + "' to='" + to + "'" + (type.empty() ? "" : " type='" + type + "'") +
          "><x xmlns='http://jabber.org/protocol/muc#user'><item role='participant' affiliation='" + affiliation + "'" +
          (person.empty() ? "" : " jid='" + person + "'") + "/>" +
          (status.empty() ? "" : "<status code='" + status + "'/>") + "</x></presence>");
  }
  void speaks(const std::string& nick, const std::string& words, const std::string& extra = "") {
    sends("<message type='groupchat' from='" + band + "/" + nick + "' to='" + us_in_band + "'><body>" + words +
          "</body>" + extra + "</message>");
  }
  void enters() {
    invites_directly(romeo);
    is_group_chat();
    is_there("romeo", romeo);
    is_there("Rollcall", us_in_band, "110");
  }
  /// What was said before all.
  std::string reads() { return hears(band); }
};

}  // namespace rollcall::component::testing
