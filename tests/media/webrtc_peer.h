#pragma once

#include <gst/gst.h>

#include <string>

#include "mcu/leg/test_rig.h"

namespace rollcall::tests {

/// A participant on GStreamer's webrtcbin: another implementation than ours, as a browser would be. Sends a green
/// picture and a tone; what it receives goes to a Receiver.
class WebrtcPeer {
 public:
  struct Options {
    std::string bundle_policy = "max-bundle";
    double tone_hz = 880;
    bool feedback = true;  ///< nack with retransmission, transport-wide congestion control
  };
  WebrtcPeer(const Options& options, mcu::leg::test::Receiver& receiver);
  ~WebrtcPeer();
  WebrtcPeer(const WebrtcPeer&) = delete;
  WebrtcPeer& operator=(const WebrtcPeer&) = delete;

  /// Its offer as SDP text, all candidates in it.
  std::string offer();
  void accept(const std::string& answer);
  /// Its answer.
  std::string answer(const std::string& offer);

 private:
  static void on_pad(GstElement* element, GstPad* pad, gpointer self);
  void describe_to_remote(const std::string& text, int type);
  std::string create(const char* signal);

  mcu::leg::test::Receiver& receiver_;
  GstElement* pipeline_ = nullptr;
  GstElement* webrtc_ = nullptr;
};

}  // namespace rollcall::tests
