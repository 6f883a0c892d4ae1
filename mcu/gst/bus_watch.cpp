#include "mcu/gst/bus_watch.h"

#include <atomic>
#include <utility>

#include "mcu/gst/handle.h"

namespace rollcall::mcu::gst {

/// Shared with the closures under way to the loop; `pipeline` is cleared there when the watch has gone.
struct BusWatch::State {
  GstElement* pipeline = nullptr;
  Post post;
  Error error;
  std::atomic<bool> latency_pending = false;
};

BusWatch::BusWatch(GstElement* pipeline, Post post, Error error) : state_(std::make_shared<State>()) {
  state_->pipeline = pipeline;
  state_->post = std::move(post);
  state_->error = std::move(error);
  const auto bus = adopt(gst_element_get_bus(pipeline));
  gst_bus_set_sync_handler(bus.get(), &BusWatch::on_message, new std::shared_ptr<State>(state_),
                           [](gpointer data) { delete static_cast<std::shared_ptr<State>*>(data); });
}

BusWatch::~BusWatch() {
  const auto bus = adopt(gst_element_get_bus(state_->pipeline));
  gst_bus_set_sync_handler(bus.get(), nullptr, nullptr, nullptr);
  state_->pipeline = nullptr;
}

void BusWatch::on_latency(const std::shared_ptr<State>& state) {
  if (state->latency_pending.exchange(true)) {
    return;
  }
  state->post([state] {
    state->latency_pending = false;
    if (state->pipeline != nullptr) {
      gst_bin_recalculate_latency(GST_BIN(state->pipeline));
    }
  });
}

void BusWatch::on_error(const std::shared_ptr<State>& state, GstMessage* message) {
  GError* error = nullptr;
  gst_message_parse_error(message, &error, nullptr);
  std::string text = std::string(GST_OBJECT_NAME(GST_MESSAGE_SRC(message))) + ": " + error->message;
  g_error_free(error);
  state->post([state, text = std::move(text)] {
    if (state->pipeline != nullptr && state->error) {
      state->error(text);
    }
  });
}

GstBusSyncReply BusWatch::on_message(GstBus* /*bus*/, GstMessage* message, gpointer data) {
  const auto& state = *static_cast<std::shared_ptr<State>*>(data);
  if (GST_MESSAGE_TYPE(message) == GST_MESSAGE_LATENCY) {
    on_latency(state);
  } else if (GST_MESSAGE_TYPE(message) == GST_MESSAGE_ERROR) {
    on_error(state, message);
  }
  gst_message_unref(message);
  return GST_BUS_DROP;
}

}  // namespace rollcall::mcu::gst
