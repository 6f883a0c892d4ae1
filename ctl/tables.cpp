#include "ctl/tables.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace rollcall::ctl {
namespace {

using control::DeskConference;
using control::DeskLeg;
using control::DeskMcu;
using model::Door;
using model::LegState;

/// Names come from strangers, and a terminal obeys control characters.
std::string shown(std::string text) {
  std::ranges::replace_if(
      text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }, '?');
  return text;
}

std::string count(std::size_t number, const std::string& one, const std::string& many) {
  return std::to_string(number) + ' ' + (number == 1 ? one : many);
}

std::string duration(int seconds) {
  const int minutes = seconds / 60;
  if (minutes >= 60) return std::to_string(minutes / 60) + " h " + std::to_string(minutes % 60) + " min";
  return minutes > 0 ? std::to_string(minutes) + " min" : std::to_string(seconds) + " s";
}

std::string percent(double share) {
  return std::to_string(std::lround(share * 100)) + " %";
}

std::string door_text(Door door) {
  switch (door) {
    case Door::jabber:
      return "Jabber";
    case Door::web:
      return "browser";
    case Door::sip:
      return "telephone";
  }
  __builtin_unreachable();
}

std::string state_text(LegState state) {
  switch (state) {
    case LegState::alerting:
      return "ringing";
    case LegState::placing:
      return "being placed";
    case LegState::dialled:
      return "being called";
    case LegState::answered:
      return "connecting";
    case LegState::connected:
      return "connected";
  }
  __builtin_unreachable();
}

std::string role_text(control::Role role) {
  switch (role) {
    case control::Role::mcu:
      return "media server";
    case control::Role::web:
      return "browser door";
    case control::Role::sip:
      return "telephone door";
    case control::Role::operator_desk:
      return "operator";
  }
  __builtin_unreachable();
}

void join(std::string& text, const std::string& part) {
  text += (text.empty() ? "" : ", ") + part;
}

std::string health_text(const DeskLeg& leg) {
  if (leg.state != LegState::connected) return state_text(leg.state);
  if (!leg.health) return "no news of it yet";
  const control::LegHealth& health = *leg.health;
  if (health.stalled) return "nothing arrives";
  std::string text;
  if (!health.audio && !leg.audio_muted) join(text, "no sound arrives");
  if (leg.video && !health.video && !leg.video_muted) join(text, "no picture arrives");
  if (health.frozen_ms >= 1000) join(text, "picture stands still for " + duration(health.frozen_ms / 1000));
  join(text, "loses " + percent(health.loss) + " up, " + percent(health.send_loss) + " down");
  if (health.round_trip_ms > 0) join(text, std::to_string(health.round_trip_ms) + " ms");
  join(text, std::to_string(health.receive_kbit) + " kbit/s up, " + std::to_string(health.send_kbit) + " down");
  if (health.relayed) join(text, "relayed");
  return text;
}

std::string leg_text(const DeskLeg& leg) {
  std::string text = "    " + shown(leg.name);
  if (!leg.address.empty()) text += " <" + shown(leg.address) + ">";
  text += "  " + door_text(leg.door) + ", " + duration(leg.seconds);
  if (leg.audio_muted) text += ", muted";
  if (leg.video && leg.video_muted) text += ", camera off";
  return text + "  [" + leg.leg.text() + "]\n      " + health_text(leg) + '\n';
}

std::string conference_text(const DeskConference& conference) {
  std::string text = shown(conference.title) + " (" + conference.conference.text() + ")";
  if (conference.legs.empty()) {
    text += ": no call running";
  } else {
    text += ": " + std::to_string(conference.legs.size()) + " in call";
    if (conference.mcu) text += " at " + conference.mcu->text();
  }
  if (conference.recording) text += ", being recorded";
  if (conference.locked) text += ", locked";
  if (conference.kept) text += ", kept";
  if (!conference.owner.empty()) text += ", of " + shown(conference.owner);
  text += '\n';
  for (const DeskLeg& leg : conference.legs) text += leg_text(leg);
  return text;
}

std::string mcu_text(const DeskMcu& mcu) {
  std::string text = mcu.mcu.text();
  text += mcu.up ? ": up" : ": away";
  if (mcu.draining) text += ", draining";
  text += ", " + std::to_string(std::lround(mcu.used_units)) + " of " +
          std::to_string(std::lround(mcu.capacity_units)) + " units in use";
  if (mcu.load) {
    text += ", " + std::to_string(std::lround(mcu.load->cpu * 100)) + " % of a core busy, " + percent(mcu.load->late) +
            " of its pictures late";
    if (mcu.load->shedding > 0) text += ", gives up quality (level " + std::to_string(mcu.load->shedding) + ")";
  }
  return text + '\n';
}

}  // namespace

std::string status_text(const control::DeskStatus::Result& status) {
  std::string text = status.xmpp_connected ? "The XMPP server accepts us.\n" : "The XMPP server does not accept us.\n";
  text += count(static_cast<std::size_t>(status.conferences), "conference", "conferences") + ", " +
          count(static_cast<std::size_t>(status.calls), "call", "calls") + ".\n";
  for (const control::DeskPeer& peer : status.peers)
    text += "  " + peer.name + "  " + role_text(peer.role) + (peer.version.empty() ? "" : ", " + peer.version) + '\n';
  return text;
}

std::string conferences_text(const control::DeskOverview::Result& overview, const std::string& only) {
  std::vector<const DeskConference*> listed;
  for (const DeskConference& conference : overview.conferences)
    if (only.empty() || conference.conference.text() == only) listed.push_back(&conference);
  if (listed.empty()) return only.empty() ? "There is no conference.\n" : "There is no conference '" + only + "'.\n";
  std::ranges::stable_sort(listed, {}, [](const DeskConference* one) { return one->legs.empty(); });
  std::string text;
  for (const DeskConference* conference : listed) text += conference_text(*conference);
  return text;
}

std::string mcus_text(const control::DeskOverview::Result& overview) {
  if (overview.mcus.empty()) return "No media server is known. Start one: systemctl start rollcall-mcu\n";
  std::string text;
  for (const DeskMcu& mcu : overview.mcus) text += mcu_text(mcu);
  return text;
}

}  // namespace rollcall::ctl
