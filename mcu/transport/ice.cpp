#include "mcu/transport/ice.h"

#include <array>
#include <stdexcept>
#include <utility>

#include "mcu/transport/candidate.h"
#include "mcu/transport/ice_server.h"

namespace rollcall::mcu::transport {
namespace {

constexpr guint component = NICE_COMPONENT_TYPE_RTP;
/// libnice gives a peer up some 8 s after his last answer and does not take that back when he answers again after a
/// few seconds without a network. While his media come he is there; only when none came for so long is he lost.
constexpr guint patience_seconds = 5;

struct CandidateFree {
  void operator()(NiceCandidate* candidate) const { nice_candidate_free(candidate); }
};

std::unique_ptr<NiceCandidate, CandidateFree> library_candidate(NiceAgent* agent, guint stream,
                                                                const model::IceCandidate& candidate) {
  if (!is_usable(candidate)) {
    return nullptr;
  }
  return std::unique_ptr<NiceCandidate, CandidateFree>(
      nice_agent_parse_remote_candidate_sdp(agent, stream, to_text(candidate).c_str()));
}

}  // namespace

IcePath::IcePath(const IoContext& io, bool controlling, Events events) : events_(std::move(events)), io_(io) {
  agent_ =
      gst::adopt(nice_agent_new_full(io.context(), NICE_COMPATIBILITY_RFC5245, NICE_AGENT_OPTION_CONSENT_FRESHNESS));
  // UPnP starts an HTTP server per agent and delays gathering by 200 ms.
  g_object_set(agent_.get(), "upnp", FALSE, "ice-tcp", FALSE, "controlling-mode", controlling ? TRUE : FALSE,
               "keepalive-conncheck", TRUE, nullptr);
  for (const auto& text : io.options().addresses) {
    NiceAddress address;
    nice_address_init(&address);
    if (!nice_address_set_from_string(&address, text.c_str()) ||
        !nice_agent_add_local_address(agent_.get(), &address)) {
      throw std::runtime_error("'" + text + "' is no IP address of this machine; correct mcu.addresses");
    }
  }
  gather(io);
}

void IcePath::gather(const IoContext& io) {
  const auto& options = io.options();
  stream_ = nice_agent_add_stream(agent_.get(), 1);
  if (options.port_min > 0) {
    nice_agent_set_port_range(agent_.get(), stream_, component, static_cast<guint>(options.port_min),
                              static_cast<guint>(options.port_max));
  }
  set_servers(io.servers());
  g_object_set(agent_.get(), "force-relay", options.relay_only ? TRUE : FALSE, nullptr);
  all_gathered_ =
      gst::SignalConnection(agent_.get(), "candidate-gathering-done", G_CALLBACK(&IcePath::on_gathered), this);
  state_changed_ = gst::SignalConnection(agent_.get(), "component-state-changed", G_CALLBACK(&IcePath::on_state), this);
  selected_ = gst::SignalConnection(agent_.get(), "new-selected-pair-full", G_CALLBACK(&IcePath::on_selected), this);
  nice_agent_attach_recv(agent_.get(), stream_, component, io.context(), &IcePath::on_receive, this);
  if (!nice_agent_gather_candidates(agent_.get(), stream_)) {
    nice_agent_remove_stream(agent_.get(), stream_);
    throw std::runtime_error("no UDP port is free for a participant; widen mcu.port_min … mcu.port_max");
  }
}

void IcePath::set_servers(const IoContext::Servers& servers) {
  gathered_ = !servers.stun && !servers.turn;
  if (servers.stun) {
    g_object_set(agent_.get(), "stun-server", servers.stun->ip.c_str(), "stun-server-port",
                 static_cast<guint>(servers.stun->port), nullptr);
  }
  has_relay_ = servers.turn.has_value();
  if (servers.turn) {
    const auto login = turn_login(*servers.turn, std::chrono::system_clock::now());
    nice_agent_set_relay_info(agent_.get(), stream_, component, servers.turn->ip.c_str(),
                              static_cast<guint>(servers.turn->port), login.user.c_str(), login.password.c_str(),
                              NICE_RELAY_TYPE_TURN_UDP);
  }
}

void IcePath::on_gathered(NiceAgent* /*agent*/, guint /*stream*/, gpointer self) {
  static_cast<IcePath*>(self)->gathered_ = true;
}

IcePath::~IcePath() {
  close();
  nice_agent_remove_stream(agent_.get(), stream_);
  if (has_relay_) {
    // Gives the TURN server its address back; the agent lives until that is answered.
    nice_agent_close_async(agent_.get(), nullptr, nullptr);
  }
}

void IcePath::close() {
  state_changed_ = {};
  selected_ = {};
  all_gathered_ = {};
  patience_.reset();
  nice_agent_attach_recv(agent_.get(), stream_, component, nullptr, nullptr, nullptr);
}

void IcePath::describe(model::Transport& ours) const {
  gchar* ufrag = nullptr;
  gchar* password = nullptr;
  if (!nice_agent_get_local_credentials(agent_.get(), stream_, &ufrag, &password)) {
    throw std::runtime_error("libnice gave no ICE credentials");
  }
  model::IceParameters ice{.ufrag = ufrag, .password = password};
  g_free(ufrag);
  g_free(password);
  GSList* candidates = nice_agent_get_local_candidates(agent_.get(), stream_, component);
  for (const GSList* item = candidates; item != nullptr; item = item->next) {
    const gst::TextPtr text(
        nice_agent_generate_local_candidate_sdp(agent_.get(), static_cast<NiceCandidate*>(item->data)));
    if (auto candidate = candidate_from_text(text.get())) {
      ice.candidates.push_back(std::move(*candidate));
    }
  }
  g_slist_free_full(candidates, [](gpointer data) { nice_candidate_free(static_cast<NiceCandidate*>(data)); });
  ours.ice = std::move(ice);
}

void IcePath::set_remote(const model::Transport& theirs) {
  if (!theirs.ice) {
    return;
  }
  nice_agent_set_remote_credentials(agent_.get(), stream_, theirs.ice->ufrag.c_str(), theirs.ice->password.c_str());
  for (const auto& candidate : theirs.ice->candidates) {
    add_candidate(candidate);
  }
}

void IcePath::add_candidate(const model::IceCandidate& candidate) {
  const auto parsed = library_candidate(agent_.get(), stream_, candidate);
  if (!parsed) {
    return;
  }
  GSList only{parsed.get(), nullptr};
  nice_agent_set_remote_candidates(agent_.get(), stream_, component, &only);
}

void IcePath::restart() {
  nice_agent_restart_stream(agent_.get(), stream_);
}

void IcePath::send(PacketKind /*kind*/, const Batch& datagrams) {
  if (!direct_.send(datagrams)) {
    send_by_agent(datagrams);
  }
}

/// Through a relay, or before a pair is selected.
void IcePath::send_by_agent(const Batch& datagrams) {
  std::array<GOutputVector, Batch::most> parts;
  std::array<NiceOutputMessage, Batch::most> messages;
  guint count = 0;
  for (std::size_t i = 0; i < datagrams.size(); ++i) {
    if (const auto packet = datagrams.packet(i); !packet.empty()) {
      parts[count] = {packet.data(), packet.size()};
      messages[count] = {&parts[count], 1};
      ++count;
    }
  }
  if (count > 0) {
    nice_agent_send_messages_nonblocking(agent_.get(), stream_, component, messages.data(), count, nullptr, nullptr);
  }
}

void IcePath::on_selected(NiceAgent* agent, guint stream, guint /*component*/, NiceCandidate* /*local*/,
                          NiceCandidate* remote, gpointer data) {
  auto* self = static_cast<IcePath*>(data);
  const auto socket = gst::adopt(nice_agent_get_selected_socket(agent, stream, component));
  self->relayed_ = !socket;
  std::array<char, NICE_ADDRESS_STRING_LEN> text{};
  nice_address_to_string(&remote->addr, text.data());
  const auto to = InetAddress::parse(text.data(), static_cast<int>(nice_address_get_port(&remote->addr)));
  if (socket && to) {
    self->direct_.use(g_socket_get_fd(socket.get()), *to);
  } else {
    self->direct_.disuse();
  }
}

void IcePath::on_state(NiceAgent* /*agent*/, guint /*stream*/, guint /*component*/, guint state, gpointer data) {
  auto* self = static_cast<IcePath*>(data);
  if (state == NICE_COMPONENT_STATE_CONNECTED || state == NICE_COMPONENT_STATE_READY) {
    self->was_open_ = true;
    self->patience_.reset();
    self->events_.open();
  } else if (state == NICE_COMPONENT_STATE_FAILED && self->was_open_) {
    // Before the first success a late candidate can still help; the leg's connect deadline ends a hopeless attempt.
    self->wait_for_peer();
  }
}

void IcePath::wait_for_peer() {
  heard_ = false;
  patience_.reset(g_timeout_source_new_seconds(patience_seconds));
  g_source_set_callback(patience_.get(), &IcePath::on_patience_over, this, nullptr);
  g_source_attach(patience_.get(), io_.context());
}

/// Each time round again while something comes: whoever sends is there, whatever libnice thinks of his checks.
gboolean IcePath::on_patience_over(gpointer data) {
  auto* self = static_cast<IcePath*>(data);
  if (std::exchange(self->heard_, false)) {
    return G_SOURCE_CONTINUE;
  }
  const gst::SourcePtr over = std::move(self->patience_);
  self->events_.lost();
  return G_SOURCE_REMOVE;
}

void IcePath::on_receive(NiceAgent* /*agent*/, guint /*stream*/, guint /*component*/, guint size, char* data,
                         gpointer self) {
  static_cast<IcePath*>(self)->heard_ = true;
  static_cast<IcePath*>(self)->events_.received({reinterpret_cast<std::uint8_t*>(data), size});
}

}  // namespace rollcall::mcu::transport
