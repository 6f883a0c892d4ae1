#include "xmpp-component/commands/hours.h"

#include <charconv>

#include "allocator/model/fold.h"

namespace rollcall::component::commands {
namespace {

using std::chrono::minutes;

/// Reads from the front of what is left of a text.
struct Reader {
  std::string_view left;

  void skip_blanks() {
    while (left.starts_with(' ')) left.remove_prefix(1);
  }
  bool take(std::string_view mark) {
    if (!left.starts_with(mark)) return false;
    left.remove_prefix(mark.size());
    return true;
  }
  std::optional<int> number() {
    int value = 0;
    const auto end = std::from_chars(left.data(), left.data() + std::min<std::size_t>(left.size(), 2), value);
    if (end.ec != std::errc{} || left.starts_with('-')) return std::nullopt;
    left.remove_prefix(static_cast<std::size_t>(end.ptr - left.data()));
    return value;
  }
  /// `22`, `22:30`, `22.30`; at most 24 hours.
  std::optional<minutes> time() {
    skip_blanks();
    const auto hours = number();
    if (!hours) return std::nullopt;
    int rest = 0;
    if (take(":") || take(".")) {
      const auto minute = number();
      if (!minute) return std::nullopt;
      rest = *minute;
    }
    const minutes whole = std::chrono::hours(*hours) + minutes(rest);
    if (rest > 59 || whole > std::chrono::hours(24)) return std::nullopt;
    return whole;
  }
};

/// `+01:00`, `UTC-5`; nothing: the service's own clock.
bool read_clock(Reader& reader, model::QuietHours& hours) {
  reader.skip_blanks();
  const bool is_named = reader.take("utc") || reader.take("gmt");
  if (reader.left.empty()) {
    if (is_named) hours.offset = minutes(0);
    return true;
  }
  const bool is_west = reader.take("-") || reader.take("−");
  if (!is_west && !reader.take("+")) return false;
  const auto offset = reader.time();
  if (!offset || *offset > std::chrono::hours(14) || !reader.left.empty()) return false;
  hours.offset = is_west ? -*offset : *offset;
  return true;
}

}  // namespace

model::Expected<Quiet> parse_quiet(std::string_view text) {
  const std::string folded = model::fold(text);
  if (folded.empty()) return Quiet{};
  if (folded == "off" || folded == "aus" || folded == "nie" || folded == "never") return Quiet{.change = true};
  const auto refusal = model::refuse(model::Reason::bad_request, std::string(text));
  constexpr minutes day = std::chrono::hours(24);
  Reader reader{folded};
  const auto from = reader.time();
  reader.skip_blanks();
  const bool is_range = reader.take("-") || reader.take("–") || reader.take("bis") || reader.take("to");
  const auto until = reader.time();
  if (!from || !is_range || !until) return refusal;
  model::QuietHours hours{*from % day, *until % day};
  if (!read_clock(reader, hours)) return refusal;
  return Quiet{.change = true, .hours = hours};
}

}  // namespace rollcall::component::commands
