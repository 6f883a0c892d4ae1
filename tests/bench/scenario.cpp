#include "tests/bench/scenario.h"

#include <glib.h>

#include <array>
#include <map>
#include <stdexcept>

namespace rollcall::bench {
namespace {

/// What GLib's parser fills.
struct Raw {
  char* clips = nullptr;
  char* token = nullptr;
  char* still = nullptr;
  char* answers = nullptr;
  char* codec = nullptr;
  char* fault = nullptr;
  gboolean webrtc = FALSE;
  gboolean picture = FALSE;
  gboolean layers = FALSE;
  gboolean no_levels = FALSE;
  gboolean dtx = FALSE;
  gboolean quiet = FALSE;
};

std::string text(const char* raw, const char* otherwise) {
  return raw == nullptr ? otherwise : raw;
}

Fault fault_of(const std::string& name) {
  static const std::map<std::string, Fault> names = {
      {"none", Fault::none},     {"churn", Fault::churn},   {"loss", Fault::loss},    {"thin", Fault::thin},
      {"vanish", Fault::vanish}, {"camera", Fault::camera}, {"resize", Fault::resize}};
  const auto found = names.find(name);
  if (found == names.end()) throw std::runtime_error("there is no fault '" + name + "'");
  return found->second;
}

}  // namespace

Scenario parse(int count, char** arguments) {
  Scenario scenario;
  Raw raw;
  const std::array<GOptionEntry, 22> entries = {{
      {"clips", 0, 0, G_OPTION_ARG_FILENAME, &raw.clips, "Folder that make_clips made", "FOLDER"},
      {"token", 0, 0, G_OPTION_ARG_STRING, &raw.token, "The MCU's token", "TOKEN"},
      {"still", 0, 0, G_OPTION_ARG_FILENAME, &raw.still, "The last picture, for people", "FILE"},
      {"answers", 0, 0, G_OPTION_ARG_FILENAME, &raw.answers, "For a foreign mixer", "FIFO"},
      {"people", 0, 0, G_OPTION_ARG_INT, &scenario.people, "How many legs", "N"},
      {"talkers", 0, 0, G_OPTION_ARG_INT, &scenario.talkers, "How many of them talk", "N"},
      {"listeners", 0, 0, G_OPTION_ARG_INT, &scenario.listeners, "How many of them only receive", "N"},
      {"others", 0, 0, G_OPTION_ARG_INT, &scenario.others, "How many of these want the other codec", "N"},
      {"webrtc", 0, 0, G_OPTION_ARG_NONE, &raw.webrtc, "ICE and DTLS-SRTP", nullptr},
      {"picture", 0, 0, G_OPTION_ARG_NONE, &raw.picture, "With pictures", nullptr},
      {"layers", 0, 0, G_OPTION_ARG_NONE, &raw.layers, "Each picture in two sizes", nullptr},
      {"no-levels", 0, 0, G_OPTION_ARG_NONE, &raw.no_levels, "Without RFC 6464", nullptr},
      {"dtx", 0, 0, G_OPTION_ARG_NONE, &raw.dtx, "Silence is not sent", nullptr},
      {"quiet", 0, 0, G_OPTION_ARG_NONE, &raw.quiet, "Nobody sends", nullptr},
      {"codec", 0, 0, G_OPTION_ARG_STRING, &raw.codec, "vp8 or h264", "CODEC"},
      {"fault", 0, 0, G_OPTION_ARG_STRING, &raw.fault, "What goes wrong meanwhile", "FAULT"},
      {"hold", 0, 0, G_OPTION_ARG_DOUBLE, &scenario.hold, "Before anybody joins", "SECONDS"},
      {"warm", 0, 0, G_OPTION_ARG_DOUBLE, &scenario.warm, "Before it is measured", "SECONDS"},
      {"seconds", 0, 0, G_OPTION_ARG_DOUBLE, &scenario.seconds, "While it is measured", "SECONDS"},
      {"rounds", 0, 0, G_OPTION_ARG_INT, &scenario.rounds, "Joins and leaves before", "N"},
      {},
      {},
  }};
  GOptionContext* context = g_option_context_new(nullptr);
  g_option_context_add_main_entries(context, entries.data(), nullptr);
  GError* problem = nullptr;
  const bool good = g_option_context_parse(context, &count, &arguments, &problem) != FALSE;
  g_option_context_free(context);
  if (!good) throw std::runtime_error(problem->message);
  scenario.clips = text(raw.clips, "");
  scenario.still = text(raw.still, "");
  scenario.answers = text(raw.answers, "");
  scenario.token = text(raw.token, "bench");
  scenario.webrtc = raw.webrtc != FALSE;
  scenario.picture = raw.picture != FALSE;
  scenario.layers = raw.layers != FALSE;
  scenario.levels = raw.no_levels == FALSE;
  scenario.dtx = raw.dtx != FALSE;
  scenario.quiet = raw.quiet != FALSE;
  scenario.packing = text(raw.codec, "vp8") == "h264" ? Packing::h264 : Packing::vp8;
  scenario.fault = fault_of(text(raw.fault, "none"));
  return scenario;
}

}  // namespace rollcall::bench
