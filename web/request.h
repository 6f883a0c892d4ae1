// What a browser can ask of the door, and what it gets: plain values, so that everything between can be tested
// without a socket.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace rollcall::web {

constexpr std::size_t longest_body = 64 * 1024;

/// One HTTP request, read completely.
struct Request {
  std::string method;  ///< "GET"
  std::string path;    ///< without query, still percent-encoded
  std::string body = {};
  std::string source = {};  ///< the browser's address, behind trusted proxies
};

struct Answer {
  int status = 200;
  std::string content_type = "application/json";
  std::string body = {};
  std::vector<std::pair<std::string, std::string>> headers = {};  ///< beyond those that every answer has
};

/// Called once per request, on the loop thread.
using Respond = std::function<void(Answer)>;

namespace route {
struct Page {  ///< GET /j/<link>
  std::string link;
};
struct File {  ///< GET /page/<name>: script, style, icon
  std::string name;
};
struct Health {};  ///< GET /healthz
struct Link {      ///< GET /api/link/<link>
  std::string link;
};
struct Join {  ///< POST /api/call/<link>
  std::string link;
};
struct Candidates {  ///< POST /api/call/<call>/candidates
  std::string call;
};
struct Offer {  ///< POST or PATCH /api/call/<call>/offer
  std::string call;
};
struct Mute {  ///< POST /api/call/<call>/mute
  std::string call;
};
struct Leave {  ///< DELETE /api/call/<call>, POST /api/call/<call>/leave (sendBeacon can only POST)
  std::string call;
};
struct Events {  ///< GET /api/call/<call>/events, a long poll
  std::string call;
};
struct Unknown {};  ///< no such path
struct WrongMethod {
  std::string_view allowed;
};
}  // namespace route

using Route = std::variant<route::Page, route::File, route::Health, route::Link, route::Join, route::Candidates,
                           route::Offer, route::Mute, route::Leave, route::Events, route::Unknown, route::WrongMethod>;

[[nodiscard]] Route route_of(std::string_view method, std::string_view path);

/// The browser's address: the TCP peer, or, where that is a trusted proxy, the last address of X-Forwarded-For that
/// is none.
[[nodiscard]] std::string source_of(std::string_view peer, std::string_view forwarded_for,
                                    const std::vector<std::string>& trusted_proxies);

}  // namespace rollcall::web
