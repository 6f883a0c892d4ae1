#pragma once

#include <gio/gio.h>
#include <sys/socket.h>

#include <functional>
#include <string>
#include <vector>

namespace rollcall::component::stream {

/// One address to connect to.
struct SocketAddress {
  sockaddr_storage storage{};
  socklen_t length = 0;
};

/// Turns a host name or an address literal into socket addresses without holding up the loop; GLib's resolver does the
/// waiting on a thread of its own and answers on the loop. One look-up at a time. Owned by Connection, loop thread.
class NameLookup {
 public:
  /// Empty list: not found; `error` is the resolver's sentence.
  using Done = std::function<void(std::vector<SocketAddress>, const std::string& error)>;

  explicit NameLookup(GMainContext* context) : context_(context) {}
  ~NameLookup() { cancel(); }
  NameLookup(const NameLookup&) = delete;
  NameLookup& operator=(const NameLookup&) = delete;

  /// `done` is called later, once, never from within this call; not at all after cancel().
  void start(const std::string& host, int port, Done done);
  void cancel();

 private:
  struct Query;
  static void finished(GObject* resolver, GAsyncResult* result, gpointer data);

  GMainContext* context_;
  Query* query_ = nullptr;  // freed by finished(), which GLib always calls, cancelled or not
};

}  // namespace rollcall::component::stream
