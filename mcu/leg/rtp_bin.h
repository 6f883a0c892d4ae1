#pragma once

#include <gst/gst.h>

#include <functional>
#include <map>
#include <mutex>
#include <string>

#include "mcu/gst/handle.h"

namespace rollcall::mcu::leg {

/// A leg's pipeline with its one rtpbin, which has one session per media. Owned by the leg; loop thread. The hooks are
/// called on streaming threads and on the I/O thread.
class RtpBin {
 public:
  struct Hooks {
    std::function<gst::CapsPtr(unsigned payload_type)> caps;           ///< what a payload type means
    std::function<void(GstElement* jitterbuffer)> jitterbuffer;        ///< a stream begins
    std::function<gst::ObjectPtr<GstElement>()> aux_sender;            ///< none: null
    std::function<gst::ObjectPtr<GstElement>()> aux_receiver;          ///< none: null
    std::function<void(GstPad* pad, unsigned payload_type)> received;  ///< a stream to decode
  };

  explicit RtpBin(const std::string& cname);
  ~RtpBin();
  RtpBin(const RtpBin&) = delete;
  RtpBin& operator=(const RtpBin&) = delete;

  /// Hooks are never removed: they end with the bin. Before the session's pads are asked for.
  void add_session(unsigned index, Hooks hooks);
  /// "recv_rtp_sink" + 0 → recv_rtp_sink_0.
  [[nodiscard]] gst::ObjectPtr<GstPad> request_pad(const char* name, unsigned index);
  [[nodiscard]] gst::ObjectPtr<GstPad> static_pad(const char* name, unsigned index);
  /// The RTPSession object behind a session.
  [[nodiscard]] gst::ObjectPtr<GObject> session(unsigned index);
  /// Adds an element and brings it to the pipeline's state.
  void add(GstElement* element);

  [[nodiscard]] GstElement* pipeline() const { return pipeline_.get(); }
  void stop();

 private:
  [[nodiscard]] const Hooks* hooks(unsigned index);
  static GstCaps* on_pt_map(GstElement* bin, guint session, guint payload_type, gpointer self);
  static void on_jitterbuffer(GstElement* bin, GstElement* jitterbuffer, guint session, guint ssrc, gpointer self);
  static GstElement* on_aux_sender(GstElement* bin, guint session, gpointer self);
  static GstElement* on_aux_receiver(GstElement* bin, guint session, gpointer self);
  static void on_pad_added(GstElement* bin, GstPad* pad, gpointer self);

  std::mutex mutex_;
  std::map<unsigned, Hooks> hooks_;  ///< nodes never move: a pointer into it stays good
  gst::ObjectPtr<GstElement> pipeline_;
  GstElement* bin_ = nullptr;  ///< the pipeline's
};

}  // namespace rollcall::mcu::leg
