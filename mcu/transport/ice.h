#pragma once

#include <nice/agent.h>

#include <atomic>
#include <memory>

#include "mcu/gst/handle.h"
#include "mcu/transport/direct_socket.h"
#include "mcu/transport/io_context.h"
#include "mcu/transport/path.h"

namespace rollcall::mcu::transport {

/// A full ICE agent (RFC 8445) with one stream and one component, on libnice. UDP only.
class IcePath final : public Path {
 public:
  /// Has its host candidates when the constructor returns; those of servers come later. Throws std::runtime_error if no
  /// port is free.
  IcePath(const IoContext& io, bool controlling, Events events);
  ~IcePath() override;

  void describe(model::Transport& ours) const override;
  void set_remote(const model::Transport& theirs) override;
  void add_candidate(const model::IceCandidate& candidate) override;
  void restart() override;
  void close() override;
  void send(PacketKind kind, const Batch& datagrams) override;
  [[nodiscard]] bool is_gathered() const override { return gathered_; }
  [[nodiscard]] bool is_relayed() const override { return relayed_; }

 private:
  static void on_state(NiceAgent* agent, guint stream, guint component, guint state, gpointer self);
  static void on_receive(NiceAgent* agent, guint stream, guint component, guint size, char* data, gpointer self);
  static void on_selected(NiceAgent* agent, guint stream, guint component, NiceCandidate* local, NiceCandidate* remote,
                          gpointer self);
  static gboolean on_patience_over(gpointer self);
  void wait_for_peer();
  void send_by_agent(const Batch& datagrams);
  void gather(const IoContext& io);
  void set_servers(const IoContext::Servers& servers);
  static void on_gathered(NiceAgent* agent, guint stream, gpointer self);

  Events events_;
  gst::ObjectPtr<NiceAgent> agent_;
  guint stream_ = 0;
  const IoContext& io_;
  bool was_open_ = false;
  bool has_relay_ = false;
  std::atomic<bool> gathered_ = false;
  bool heard_ = false;       ///< something has come since libnice gave the peer up
  gst::SourcePtr patience_;  ///< runs from then on
  std::atomic<bool> relayed_ = false;
  DirectSocket direct_;
  gst::SignalConnection state_changed_;
  gst::SignalConnection selected_;
  gst::SignalConnection all_gathered_;
};

}  // namespace rollcall::mcu::transport
