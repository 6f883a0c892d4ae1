#include "xmpp-component/stream/name_lookup.h"

#include <cassert>
#include <memory>
#include <utility>

namespace rollcall::component::stream {
namespace {

std::vector<SocketAddress> socket_addresses(GList* found, int port) {
  std::vector<SocketAddress> addresses;
  for (GList* item = found; item != nullptr; item = item->next) {
    GSocketAddress* address = g_inet_socket_address_new(G_INET_ADDRESS(item->data), static_cast<guint16>(port));
    SocketAddress native;
    const gssize length = g_socket_address_get_native_size(address);
    if (length > 0 && static_cast<std::size_t>(length) <= sizeof native.storage &&
        g_socket_address_to_native(address, &native.storage, sizeof native.storage, nullptr) != FALSE) {
      native.length = static_cast<socklen_t>(length);
      addresses.push_back(native);
    }
    g_object_unref(address);
  }
  return addresses;
}

}  // namespace

struct NameLookup::Query {
  NameLookup* owner;  // nullptr after cancel()
  int port;
  Done done;
  GCancellable* cancellable = g_cancellable_new();
  ~Query() { g_object_unref(cancellable); }
};

void NameLookup::start(const std::string& host, int port, Done done) {
  assert(query_ == nullptr);
  query_ = new Query{this, port, std::move(done)};
  GResolver* resolver = g_resolver_get_default();
  g_main_context_push_thread_default(context_);
  g_resolver_lookup_by_name_async(resolver, host.c_str(), query_->cancellable, &NameLookup::finished, query_);
  g_main_context_pop_thread_default(context_);
  g_object_unref(resolver);
}

void NameLookup::cancel() {
  Query* query = std::exchange(query_, nullptr);
  if (query == nullptr) return;
  query->owner = nullptr;
  g_cancellable_cancel(query->cancellable);
}

void NameLookup::finished(GObject* resolver, GAsyncResult* result, gpointer data) {
  const std::unique_ptr<Query> query(static_cast<Query*>(data));
  GError* error = nullptr;
  GList* found = g_resolver_lookup_by_name_finish(G_RESOLVER(resolver), result, &error);
  const std::string message = error != nullptr ? error->message : "";
  g_clear_error(&error);
  auto addresses = socket_addresses(found, query->port);
  if (found != nullptr) g_resolver_free_addresses(found);
  if (query->owner == nullptr) return;
  query->owner->query_ = nullptr;
  query->done(std::move(addresses), message);
}

}  // namespace rollcall::component::stream
