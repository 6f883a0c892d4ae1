#include "web/request.h"

#include <algorithm>

namespace rollcall::web {

namespace {

constexpr std::size_t longest_segment = 1024;

/// The path's segments; none at all if one is empty, too long or has a character that no link and no token has.
std::vector<std::string> segments_of(std::string_view path) {
  std::vector<std::string> segments;
  while (path.starts_with('/')) {
    path.remove_prefix(1);
    const auto segment = path.substr(0, path.find('/'));
    const bool plain = std::ranges::all_of(segment, [](unsigned char c) {
      return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' || c == '_' ||
             c == '.' || c == '~' || c == '=';
    });
    if (segment.empty() || segment.size() > longest_segment || !plain) return {};
    segments.emplace_back(segment);
    path.remove_prefix(segment.size());
  }
  return path.empty() ? segments : std::vector<std::string>{};
}

template <class Wanted>
Route only(std::string_view method, std::string_view allowed, Wanted wanted) {
  if (method != allowed) return route::WrongMethod{allowed};
  return wanted;
}

Route call_route(std::string_view method, const std::string& call, std::string_view action) {
  if (action == "candidates") return only(method, "POST", route::Candidates{call});
  if (action == "mute") return only(method, "POST", route::Mute{call});
  if (action == "leave") return only(method, "POST", route::Leave{call});
  if (action == "events") return only(method, "GET", route::Events{call});
  if (action != "offer") return route::Unknown{};
  if (method != "POST" && method != "PATCH") return route::WrongMethod{"POST, PATCH"};
  return route::Offer{call};
}

std::string_view trim(std::string_view text) {
  const auto begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

}  // namespace

Route route_of(std::string_view method, std::string_view path) {
  const auto segments = segments_of(path);
  const auto is = [&](std::size_t count, std::string_view first, std::string_view second = {}) {
    return segments.size() == count && segments[0] == first && (second.empty() || segments[1] == second);
  };
  if (is(1, "healthz")) return only(method, "GET", route::Health{});
  if (is(2, "j")) return only(method, "GET", route::Page{segments[1]});
  if (is(2, "page")) return only(method, "GET", route::File{segments[1]});
  if (is(3, "api", "link")) return only(method, "GET", route::Link{segments[2]});
  if (is(4, "api", "call")) return call_route(method, segments[2], segments[3]);
  if (!is(3, "api", "call")) return route::Unknown{};
  if (method == "DELETE") return route::Leave{segments[2]};
  if (method == "POST") return route::Join{segments[2]};
  return route::WrongMethod{"POST, DELETE"};
}

std::string source_of(std::string_view peer, std::string_view forwarded_for,
                      const std::vector<std::string>& trusted_proxies) {
  auto trusted = [&](std::string_view address) {
    return std::ranges::find(trusted_proxies, address) != trusted_proxies.end();
  };
  std::string_view source = peer;
  while (trusted(source) && !forwarded_for.empty()) {
    const auto comma = forwarded_for.rfind(',');
    const auto last = trim(comma == std::string_view::npos ? forwarded_for : forwarded_for.substr(comma + 1));
    forwarded_for = comma == std::string_view::npos ? std::string_view{} : forwarded_for.substr(0, comma);
    if (last.empty() || last.size() > 64) break;
    source = last;
  }
  return std::string(source);
}

}  // namespace rollcall::web
