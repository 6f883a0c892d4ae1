#include "xmpp-component/commands/modes_text.h"

#include <algorithm>
#include <array>

#include "allocator/model/fold.h"
#include "xmpp-component/commands/hours.h"

namespace rollcall::component::commands {
namespace {

using model::CommunicationMode;
using model::ModeEntry;
using model::Reason;
using enum CommunicationMode;

/// The first two are written, in English and German; all are read.
struct Words {
  CommunicationMode mode;
  std::array<std::string_view, 6> words;
};
constexpr std::array mode_words{
    Words{computer, {"computer", "computer", "jabber", "pc"}},
    Words{cellular, {"mobile", "mobil", "cellular", "cell", "handy"}},
    Words{pstn, {"phone", "telefon", "pstn", "telephone", "festnetz", "landline"}},
    Words{gateway, {"gateway", "gateway"}},
    Words{video_conferencing_standard, {"room", "raum", "sip", "video", "video_conferencing_standard", "h323"}},
    Words{isdn, {"isdn", "isdn"}},
    Words{atm, {"atm", "atm"}}};
constexpr std::array no_ring{"no-ring", "nicht-klingeln", "noring", "silent", "stumm"};

std::vector<std::string> split(std::string_view text, std::string_view separators) {
  std::vector<std::string> parts;
  while (true) {
    const auto start = text.find_first_not_of(separators);
    if (start == std::string_view::npos) return parts;
    text.remove_prefix(start);
    const auto end = std::min(text.find_first_of(separators), text.size());
    parts.emplace_back(text.substr(0, end));
    text.remove_prefix(end);
  }
}

/// A number goes on over blanks: `+49 30 1234567`, but not into hours.
bool continues_number(std::string_view word) {
  return !word.empty() && word.find_first_not_of("0123456789()/-") == std::string_view::npos &&
         !parse_quiet(word)->change;
}

bool looks_like_hours(const std::string& word) {
  const auto hours = parse_quiet(word);
  return word.find(':') != std::string::npos && hours && hours->change && hours->hours;
}

struct Reader {
  std::vector<std::string> words;
  std::size_t at = 0;
  [[nodiscard]] bool is_done() const { return at == words.size(); }
  std::string take() { return words[at++]; }
};

void take_hours(Reader& reader, ModeEntry& entry) {
  if (reader.is_done() || !looks_like_hours(reader.words[reader.at])) return;
  std::string text = reader.take();
  const bool has_clock = !reader.is_done() && parse_quiet(text + " " + reader.words[reader.at]) &&
                         std::string_view("+-uU").find(reader.words[reader.at].front()) != std::string_view::npos;
  if (has_clock) text += " " + reader.take();
  entry.hours = parse_quiet(text)->hours;
}

model::Expected<ModeEntry> read_entry(const std::string& text) {
  const auto refusal = model::refuse(Reason::bad_request, text.substr(0, 80));
  Reader reader{split(text, " \t")};
  if (reader.is_done()) return refusal;
  const auto mode = mode_of_word(reader.take());
  if (!mode) return refusal;
  ModeEntry entry{.mode = *mode};
  const bool has_address =
      !reader.is_done() && (*mode != computer || reader.words[reader.at].find('@') != std::string::npos);
  if (has_address) entry.address = reader.take();
  const bool is_number = *mode != computer && *mode != video_conferencing_standard && *mode != gateway;
  while (is_number && !reader.is_done() && continues_number(reader.words[reader.at])) entry.address += reader.take();
  take_hours(reader, entry);
  while (!reader.is_done()) {
    const std::string word = reader.take();
    if (std::ranges::find(no_ring, model::fold(word)) != no_ring.end()) {
      entry.ring = false;
    } else {
      entry.label += (entry.label.empty() ? "" : " ") + word;
    }
  }
  return entry;
}

bool is_word_among(std::string_view text, std::initializer_list<std::string_view> words) {
  const std::string folded = model::fold(text);
  return std::ranges::find(words, folded) != words.end();
}

std::string two_digits(std::chrono::minutes::rep number) {
  return (number < 10 ? "0" : "") + std::to_string(number);
}

std::string clock_text(std::chrono::minutes time) {
  return two_digits(time.count() / 60) + ":" + two_digits(time.count() % 60);
}

}  // namespace

std::optional<CommunicationMode> mode_of_word(std::string_view word) {
  const std::string folded = model::fold(word);
  for (const Words& known : mode_words) {
    if (!folded.empty() && std::ranges::find(known.words, folded) != known.words.end()) return known.mode;
  }
  return std::nullopt;
}

model::Expected<model::Modes> parse_modes(std::string_view text) {
  model::Modes modes;
  const auto parts = split(text, ",;\r\n");
  if (parts.size() == 1 && is_word_among(parts.front(), {"off", "aus", "none", "keine"})) return modes;
  for (const std::string& part : parts) {
    if (is_word_among(part, {"at once", "zugleich", "together", "gleichzeitig"})) {
      modes.at_once = true;
      continue;
    }
    auto entry = read_entry(part);
    if (!entry) return tl::unexpected(entry.error());
    modes.entries.push_back(std::move(*entry));
  }
  return model::checked(std::move(modes));
}

std::vector<std::string> lines_of(const model::Modes& modes, words::Language language) {
  std::vector<std::string> lines;
  for (const ModeEntry& entry : modes.entries) {
    const auto* const known = std::ranges::find(mode_words, entry.mode, &Words::mode);
    std::string line(known->words.at(static_cast<std::size_t>(language)));
    if (!entry.address.empty()) line += " " + entry.address;
    if (entry.hours) line += " " + clock_text(entry.hours->from) + "-" + clock_text(entry.hours->until);
    if (entry.hours && entry.hours->offset) {
      const auto offset = *entry.hours->offset;
      line += (offset.count() < 0 ? " -" : " +") + clock_text(offset.count() < 0 ? -offset : offset);
    }
    if (!entry.ring) line += std::string(" ") + no_ring.at(static_cast<std::size_t>(language));
    if (!entry.label.empty()) line += " " + entry.label;
    lines.push_back(std::move(line));
  }
  return lines;
}

}  // namespace rollcall::component::commands
