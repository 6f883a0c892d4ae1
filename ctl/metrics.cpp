#include "ctl/metrics.h"

#include <algorithm>
#include <array>
#include <functional>
#include <sstream>
#include <utility>

namespace rollcall::ctl {
namespace {

using control::DeskLeg;
using control::DeskMcu;
using Overview = control::DeskOverview::Result;

/// A label's value as the format wants it.
std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '\\' || c == '"') out += '\\';
    out += c == '\n' ? ' ' : c;
  }
  return out;
}

class Page {
 public:
  void family(const std::string& name, const std::string& help) {
    name_ = name;
    text_ << "# HELP " << name << ' ' << help << "\n# TYPE " << name << " gauge\n";
  }
  void sample(double value, const std::string& label = {}, const std::string& labelled = {}) {
    text_ << name_;
    if (!label.empty()) text_ << '{' << label << "=\"" << escaped(labelled) << "\"}";
    text_ << ' ' << value << '\n';
  }
  [[nodiscard]] std::string text() const { return text_.str(); }

 private:
  std::ostringstream text_;
  std::string name_;
};

template <class Predicate>
double count_legs(const Overview& overview, Predicate counts) {
  double number = 0;
  for (const auto& conference : overview.conferences)
    number += static_cast<double>(std::ranges::count_if(conference.legs, counts));
  return number;
}

double worst(const Overview& overview, const std::function<double(const control::LegHealth&)>& value) {
  double most = 0;
  for (const auto& conference : overview.conferences)
    for (const DeskLeg& leg : conference.legs)
      if (leg.health) most = std::max(most, value(*leg.health));
  return most;
}

void write_calls(Page& page, const Overview& overview) {
  constexpr std::array doors{std::pair{model::Door::jabber, "jabber"}, std::pair{model::Door::web, "web"},
                             std::pair{model::Door::sip, "sip"}};
  page.family("rollcall_participants", "Participants in calls, by the door they came through.");
  for (const auto& [door, name] : doors)
    page.sample(count_legs(overview, [&](const DeskLeg& leg) { return leg.door == door; }), "door", name);
  page.family("rollcall_participants_stalled", "Connected participants from whom nothing arrives.");
  page.sample(count_legs(overview, [](const DeskLeg& leg) { return leg.health && leg.health->stalled; }));
  page.family("rollcall_participants_relayed", "Participants whose media go by way of a TURN server.");
  page.sample(count_legs(overview, [](const DeskLeg& leg) { return leg.health && leg.health->relayed; }));
  page.family("rollcall_receive_loss_ratio_max", "The largest share of packets lost on the way from a participant.");
  page.sample(worst(overview, [](const auto& health) { return health.loss; }));
  page.family("rollcall_send_loss_ratio_max", "The largest share of packets lost on the way to a participant.");
  page.sample(worst(overview, [](const auto& health) { return health.send_loss; }));
  page.family("rollcall_round_trip_seconds_max", "The longest round trip to a participant.");
  page.sample(worst(overview, [](const auto& health) { return health.round_trip_ms / 1000.0; }));
}

void write_mcus(Page& page, const Overview& overview) {
  const auto each = [&](const std::string& name, const std::string& help, const auto& value) {
    page.family(name, help);
    for (const DeskMcu& mcu : overview.mcus) page.sample(value(mcu), "mcu", mcu.mcu.text());
  };
  each("rollcall_mcu_up", "1 while the media server is connected.", [](const DeskMcu& mcu) { return mcu.up ? 1 : 0; });
  each("rollcall_mcu_draining", "1 while it takes no new conference.",
       [](const DeskMcu& mcu) { return mcu.draining ? 1 : 0; });
  each("rollcall_mcu_capacity_units", "What it can carry, in thousandths of a core.",
       [](const DeskMcu& mcu) { return mcu.capacity_units; });
  each("rollcall_mcu_used_units", "What it carries, in thousandths of a core.",
       [](const DeskMcu& mcu) { return mcu.used_units; });
  each("rollcall_mcu_cpu_cores", "Cores that it kept busy of late.",
       [](const DeskMcu& mcu) { return mcu.load ? mcu.load->cpu : 0; });
  each("rollcall_mcu_late_pictures_ratio", "The share of its mixed pictures that were late of late.",
       [](const DeskMcu& mcu) { return mcu.load ? mcu.load->late : 0; });
  each("rollcall_mcu_shedding_level", "How much quality it gives up for its load; 0: none.",
       [](const DeskMcu& mcu) { return mcu.load ? mcu.load->shedding : 0; });
}

}  // namespace

std::string metrics_text(const control::DeskStatus::Result& status, const Overview& overview) {
  Page page;
  page.family("rollcall_xmpp_connected", "1 while the XMPP server accepts the component.");
  page.sample(status.xmpp_connected ? 1 : 0);
  page.family("rollcall_conferences", "Conferences that are contacts, running or not.");
  page.sample(static_cast<double>(overview.conferences.size()));
  page.family("rollcall_conferences_running", "Conferences with somebody in them.");
  page.sample(static_cast<double>(
      std::ranges::count_if(overview.conferences, [](const auto& one) { return !one.legs.empty(); })));
  write_calls(page, overview);
  write_mcus(page, overview);
  return page.text();
}

}  // namespace rollcall::ctl
