#pragma once

#include <gst/gst.h>

#include <functional>
#include <memory>
#include <string>

namespace rollcall::mcu::gst {

/// Listens to one pipeline's bus. Errors reach the loop thread by `post`; latency is recalculated there too, never on
/// the streaming thread that asked for it: gst_bin_recalculate_latency() against set_state(NULL) of another thread is a
/// deadlock. Made and deleted on the loop thread; nothing is called after the destructor.
class BusWatch {
 public:
  using Post = std::function<void(std::function<void()>)>;
  using Error = std::function<void(const std::string& text)>;

  /// `pipeline` is borrowed and outlives this.
  BusWatch(GstElement* pipeline, Post post, Error error);
  ~BusWatch();
  BusWatch(const BusWatch&) = delete;
  BusWatch& operator=(const BusWatch&) = delete;

 private:
  struct State;
  static GstBusSyncReply on_message(GstBus* bus, GstMessage* message, gpointer data);
  static void on_latency(const std::shared_ptr<State>& state);
  static void on_error(const std::shared_ptr<State>& state, GstMessage* message);

  std::shared_ptr<State> state_;
};

}  // namespace rollcall::mcu::gst
