// The lines of simulcast (RFC 8851, RFC 8853).
#include <algorithm>

#include "sdp/media_lines.h"
#include "sdp/text.h"

namespace rollcall::sdp {

namespace {

constexpr std::size_t most_rids = 8;
/// So long a one-byte header extension can be (RFC 8285 §4.2).
constexpr std::size_t longest_rid = 16;

bool is_rid(std::string_view text) {
  const auto allowed = [](unsigned char c) { return std::isalnum(c) != 0 || c == '-' || c == '_'; };
  return !text.empty() && text.size() <= longest_rid && std::ranges::all_of(text, allowed);
}

/// `<streams>` of RFC 8853 §5.1: those that are sent at once between semicolons, the choice of formats of each between
/// commas, of which the first is the one preferred. A ~ before it means: not from the beginning.
std::vector<std::string> read_streams(std::string_view text, const std::vector<std::string_view>& described) {
  std::vector<std::string> rids;
  for (auto stream : split(text, ';')) {
    auto rid = cut(stream, ',').first;
    if (rid.starts_with('~')) rid.remove_prefix(1);
    const bool known = std::ranges::find(described, rid) != described.end();
    if (known && std::ranges::find(rids, rid) == rids.end() && rids.size() < most_rids) rids.emplace_back(rid);
  }
  return rids;
}

}  // namespace

model::Expected<Rids> read_rids(const Attributes& lines) {
  const auto simulcast = lines.own("simulcast");
  if (!simulcast) return Rids{};
  std::vector<std::string_view> sent, received;
  for (auto value : lines.all("rid")) {
    const auto words = split(value, ' ');
    if (words.size() < 2 || !is_rid(words[0]))
      return bad_line("a=rid:" + std::string(value), "expected <id of at most 16 letters> send or recv");
    (words[1] == "send" ? sent : received).push_back(words[0]);
  }
  Rids rids;
  const auto words = split(*simulcast, ' ');
  for (std::size_t i = 0; i + 1 < words.size(); i += 2) {
    if (words[i] == "send") rids.send = read_streams(words[i + 1], sent);
    if (words[i] == "recv") rids.receive = read_streams(words[i + 1], received);
  }
  return rids;
}

}  // namespace rollcall::sdp
