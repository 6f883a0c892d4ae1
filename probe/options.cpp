#include "probe/options.h"

#include <glib.h>

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <memory>
#include <sstream>

#include "probe/pattern.h"

namespace rollcall::probe {
namespace {

using model::Reason;

constexpr auto description =
    "What happens is told as JSON lines: login, contact, presence, message, invitation, propose, ringing, proceed,\n"
    "proposal, incoming, initiate, accept, connected, first-frame, resized, first-sound, tile-appeared,\n"
    "tile-vanished, tone-appeared, tone-vanished, figures, snapshot-failed, ended and, at last, report.\n\n"
    "Exit codes: 0 all expectations met, 1 not (a sentence for each), 64 usage, 69 no login, 70 internal.\n\n"
    "Example: rollcall-probe --jid ann@localhost --password-file ann.password --host 127.0.0.1 --no-tls \\\n"
    "  --call team@call.localhost --colour '#c03030' --tone 440 --own-tone 440 \\\n"
    "  --expect-colours '#30c030' --expect-tones 550 --seconds 20 --snapshot mix.png --snapshot-every 2\n";

/// What GOption fills in; everything else is made of it.
struct Raw {
  Raw() = default;
  Raw(const Raw&) = delete;
  Raw& operator=(const Raw&) = delete;
  ~Raw() {
    for (gchar* text : {jid, password_file, host, authorities, name, call, mode, send, subscribe, reply, colour, ball,
                        colours, tones, own_tone, size, snapshot, json}) {
      g_free(text);
    }
    g_strfreev(addresses);
    g_strfreev(rest);
  }

  gchar *jid = nullptr, *password_file = nullptr, *host = nullptr, *authorities = nullptr, *name = nullptr,
        *call = nullptr, *mode = nullptr, *send = nullptr, *subscribe = nullptr, *reply = nullptr, *colour = nullptr,
        *ball = nullptr, *colours = nullptr, *tones = nullptr, *own_tone = nullptr, *size = nullptr,
        *snapshot = nullptr, *json = nullptr;
  gchar **addresses = nullptr, **rest = nullptr;
  gint port = 5222, tone = 440, frame_rate = 30, video_kbit = 500;
  gdouble seconds = 10, patience = 30, hold = 2, snapshot_every = 0, figures_every = 0;
  gboolean no_tls = FALSE, trust = FALSE, no_bundle = FALSE, trickle = FALSE, no_video = FALSE, answer = FALSE,
           wait_invite = FALSE, watch = FALSE, stay = FALSE, until_met = FALSE, still = FALSE, version = FALSE;
};

std::vector<GOptionEntry> entries(Raw& raw) {
  const auto text = [](const char* name, gchar** to, const char* help, const char* what) {
    return GOptionEntry{name, 0, 0, G_OPTION_ARG_STRING, to, help, what};
  };
  const auto number = [](const char* name, gint* to, const char* help) {
    return GOptionEntry{name, 0, 0, G_OPTION_ARG_INT, to, help, "N"};
  };
  const auto time = [](const char* name, gdouble* to, const char* help) {
    return GOptionEntry{name, 0, 0, G_OPTION_ARG_DOUBLE, to, help, "SECONDS"};
  };
  const auto flag = [](const char* name, gboolean* to, const char* help) {
    return GOptionEntry{name, 0, 0, G_OPTION_ARG_NONE, to, help, nullptr};
  };
  return {
      text("jid", &raw.jid, "Who to log in as", "USER@HOST[/RESOURCE]"),
      text("password-file", &raw.password_file, "Its first line is the password (or ROLLCALL_PROBE_PASSWORD)", "FILE"),
      text("host", &raw.host, "The server, if not from DNS", "HOST"),
      number("port", &raw.port, "Its port (5222)"),
      flag("no-tls", &raw.no_tls, "Without encryption; for a server on this machine only"),
      flag("trust", &raw.trust, "Take any certificate"),
      text("ca-file", &raw.authorities, "Authorities to trust, PEM", "FILE"),
      text("name", &raw.name, "Nickname", "NAME"),
      text("call", &raw.call, "Call this contact", "ADDRESS"),
      text("mode", &raw.mode, "jmi: ring by message (default); direct: to a resource at once", "MODE"),
      flag("answer", &raw.answer, "Take calls"),
      flag("wait-invite", &raw.wait_invite, "Wait for an invitation message and call its conference"),
      text("send", &raw.send, "Send a chat message; its text is the last argument", "ADDRESS"),
      text("expect-reply", &raw.reply, "A reply must match this", "REGEX"),
      text("subscribe", &raw.subscribe, "Add this contact", "ADDRESS"),
      flag("watch", &raw.watch, "Tell contacts' presence"),
      flag("no-bundle", &raw.no_bundle, "One transport per media, as Dino"),
      flag("trickle", &raw.trickle, "Send candidates one by one"),
      flag("no-video", &raw.no_video, "Call with sound only"),
      {"media-address", 0, 0, G_OPTION_ARG_STRING_ARRAY, &raw.addresses, "Local address for media (repeatable)", "IP"},
      text("colour", &raw.colour, "Colour of the sent picture", "#RRGGBB"),
      text("ball-colour", &raw.ball, "Colour of the part that moves", "#RRGGBB"),
      text("size", &raw.size, "Size of the sent picture (640x360)", "WxH"),
      number("frame-rate", &raw.frame_rate, "Pictures per second (30)"),
      number("video-kbit", &raw.video_kbit, "Rate of the sent picture (500)"),
      number("tone", &raw.tone, "Frequency of the sent tone in Hz, 0 for silence (440)"),
      text("expect-colours", &raw.colours, "Tiles that must be seen", "#RRGGBB,…"),
      flag("still", &raw.still, "These tiles need not move"),
      text("expect-tones", &raw.tones, "Tones that must be heard", "HZ,…"),
      text("own-tone", &raw.own_tone, "Tones that must not come back", "HZ,…"),
      time("hold", &raw.hold, "How long each must be there in all (2)"),
      time("seconds", &raw.seconds, "How long to stay (10), counted from the first media"),
      flag("until-met", &raw.until_met, "Leave as soon as all expectations are met"),
      flag("stay", &raw.stay, "Stay until a signal comes"),
      time("timeout", &raw.patience, "How long to wait for a call, a reply, an invitation (30)"),
      text("snapshot", &raw.snapshot, "Write what is received as PNG", "FILE"),
      time("snapshot-every", &raw.snapshot_every, "Write it again and again"),
      time("figures-every", &raw.figures_every, "Tell the figures of the received picture again and again"),
      text("json", &raw.json, "Where the JSON lines go (- is standard output)", "FILE"),
      flag("version", &raw.version, "Print the version"),
      {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &raw.rest, nullptr, "[TEXT]"},
      {nullptr, 0, 0, G_OPTION_ARG_NONE, nullptr, nullptr, nullptr},
  };
}

std::string text_of(const gchar* text, const char* otherwise = "") {
  return text ? text : otherwise;
}

Milliseconds time_of(gdouble seconds) {
  return Milliseconds{static_cast<std::int64_t>(seconds * 1000)};
}

std::vector<std::string> list_of(const gchar* text) {
  std::vector<std::string> found;
  std::istringstream stream(text_of(text));
  for (std::string item; std::getline(stream, item, ',');) found.push_back(item);
  return found;
}

tl::unexpected<model::Refusal> wrong(const std::string& sentence) {
  return model::refuse(Reason::bad_request, sentence);
}

model::Expected<Colour> colour_of(const std::string& text) {
  const auto colour = parse_colour(text);
  if (!colour) return wrong("'" + text + "' is no colour; write it as #c03030.");
  return *colour;
}

model::Expected<std::vector<int>> tones_of(const gchar* text) {
  std::vector<int> tones;
  for (const auto& item : list_of(text)) {
    const int hertz = std::atoi(item.c_str());
    if (hertz < 50 || hertz > 20000) return wrong("'" + item + "' is no frequency between 50 and 20000 Hz.");
    tones.push_back(hertz);
  }
  return tones;
}

std::string password_from(const Raw& raw) {
  if (!raw.password_file) return text_of(std::getenv("ROLLCALL_PROBE_PASSWORD"));
  std::ifstream file(raw.password_file);
  std::string line;
  std::getline(file, line);
  return line;
}

model::Expected<void> fill_session(const Raw& raw, SessionSettings& session) {
  session.address = text_of(raw.jid);
  if (session.address.find('@') == std::string::npos) return wrong("--jid must say who to log in as: user@host.");
  session.password = password_from(raw);
  if (session.password.empty()) return wrong("There is no password: give --password-file or ROLLCALL_PROBE_PASSWORD.");
  if (raw.port < 1 || raw.port > 65535) return wrong("--port must be between 1 and 65535.");
  session.port = static_cast<unsigned short>(raw.port);
  session.host = text_of(raw.host);
  session.tls = !raw.no_tls;
  session.trust = raw.trust;
  session.authorities = text_of(raw.authorities);
  return {};
}

model::Expected<void> fill_media(const Raw& raw, const std::string& host, MediaSettings& media) {
  const auto colour = colour_of(text_of(raw.colour, "#c03030"));
  const auto ball = colour_of(text_of(raw.ball, "#ffffff"));
  if (!colour) return tl::unexpected(colour.error());
  if (!ball) return tl::unexpected(ball.error());
  media.colour = *colour;
  media.ball = *ball;
  media.bundle = !raw.no_bundle;
  media.trickle = raw.trickle;
  media.video = !raw.no_video;
  media.tone = raw.tone;
  media.frame_rate = raw.frame_rate;
  media.video_kbit = raw.video_kbit;
  char end = 0;
  if (raw.size && std::sscanf(raw.size, "%dx%d%c", &media.width, &media.height, &end) != 2) {
    return wrong("--size must look like 640x360.");
  }
  for (gchar** address = raw.addresses; address && *address; ++address) media.addresses.emplace_back(*address);
  // libnice leaves the loopback interface out unless it is told; a server on it means that all is on this machine.
  if (media.addresses.empty() && (host == "127.0.0.1" || host == "localhost")) media.addresses = {"127.0.0.1"};
  return {};
}

model::Expected<void> fill_expectations(const Raw& raw, Expectations& expected) {
  for (const auto& item : list_of(raw.colours)) {
    const auto colour = colour_of(item);
    if (!colour) return tl::unexpected(colour.error());
    expected.colours.push_back(*colour);
  }
  const auto tones = tones_of(raw.tones);
  const auto own = tones_of(raw.own_tone);
  if (!tones) return tl::unexpected(tones.error());
  if (!own) return tl::unexpected(own.error());
  expected.tones = *tones;
  expected.forbidden_tones = *own;
  expected.movement = !raw.still;
  expected.hold = time_of(raw.hold);
  expected.call = raw.call || raw.answer || raw.wait_invite;
  expected.video = !raw.no_video;
  return {};
}

model::Expected<void> fill_actions(const Raw& raw, Options& options) {
  const auto mode = text_of(raw.mode, "jmi");
  if (mode != "jmi" && mode != "direct") return wrong("--mode must be jmi or direct.");
  options.by_message = mode == "jmi";
  options.name = text_of(raw.name);
  options.call = text_of(raw.call);
  options.answer = raw.answer;
  options.wait_invite = raw.wait_invite;
  options.watch = raw.watch;
  options.subscribe = text_of(raw.subscribe);
  options.send_to = text_of(raw.send);
  const bool has_text = raw.rest && raw.rest[0];
  if (has_text && raw.rest[1]) return wrong("There is more than one text to send; put it into quotes.");
  if (has_text != !options.send_to.empty()) return wrong("--send needs an address, and the text as last argument.");
  if (has_text) options.send_text = raw.rest[0];
  options.expected_reply = text_of(raw.reply);
  if (!is_pattern(options.expected_reply)) {
    return wrong("--expect-reply is no regular expression: " + options.expected_reply);
  }
  options.stay = raw.stay;
  options.until_met = raw.until_met;
  options.duration = time_of(raw.seconds);
  options.patience = time_of(raw.patience);
  options.snapshot = text_of(raw.snapshot);
  options.snapshot_every = time_of(raw.snapshot_every);
  options.figures_every = time_of(raw.figures_every);
  options.output = text_of(raw.json, "-");
  return {};
}

model::Expected<std::optional<Options>> options_from(const Raw& raw) {
  Options options;
  auto filled = fill_session(raw, options.session);
  if (filled) filled = fill_media(raw, options.session.host, options.media);
  if (filled) filled = fill_expectations(raw, options.expectations);
  if (filled) filled = fill_actions(raw, options);
  if (!filled) return tl::unexpected(filled.error());
  return std::optional(options);
}

}  // namespace

model::Expected<std::optional<Options>> parse_options(int count, char** arguments) {
  Raw raw;
  const auto table = entries(raw);
  const std::unique_ptr<GOptionContext, void (*)(GOptionContext*)> context(
      g_option_context_new("- a participant without a screen"), g_option_context_free);
  g_option_context_add_main_entries(context.get(), table.data(), nullptr);
  g_option_context_set_description(context.get(), description);
  GError* error = nullptr;
  if (!g_option_context_parse(context.get(), &count, &arguments, &error)) {
    const std::string sentence = error->message;
    g_error_free(error);
    return wrong(sentence + ". See --help.");
  }
  if (raw.version) {
    std::cout << "rollcall-probe " << ROLLCALL_VERSION << "\n";
    return std::optional<Options>();
  }
  return options_from(raw);
}

}  // namespace rollcall::probe
