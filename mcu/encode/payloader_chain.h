#pragma once

#include <cstdint>
#include <span>

#include "mcu/gst/frames.h"
#include "mcu/gst/handle.h"
#include "mcu/gst/packets.h"

namespace rollcall::mcu::encode {

/// A payloader of GStreamer's without a pipeline, a clock or a thread, for what is cut between bits: H.263 by RFC 2190,
/// H.261 by RFC 4587. Owned by the PictureEncoder; its thread.
class PayloaderChain {
 public:
  [[nodiscard]] static bool is_for(gst::Coding coding);

  /// Throws std::runtime_error if the plugin is missing.
  explicit PayloaderChain(gst::Coding coding);
  ~PayloaderChain();
  PayloaderChain(const PayloaderChain&) = delete;
  PayloaderChain& operator=(const PayloaderChain&) = delete;

  /// Cuts one picture as the encoder gives it into `into`. What cannot be cut leaves it empty.
  void cut(gst::PacketizedPicture& into, std::span<const std::uint8_t> encoded);

 private:
  static GstFlowReturn on_sample(GstElement* sink, gpointer self);
  void open(const char* caps);

  gst::PacketizedPicture* into_ = nullptr;  ///< while cut() runs
  gst::ObjectPtr<GstElement> bin_;
  gst::ObjectPtr<GstElement> appsink_;
  gst::ObjectPtr<GstPad> source_;
};

}  // namespace rollcall::mcu::encode
