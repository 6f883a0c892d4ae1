#define GST_USE_UNSTABLE_API
#include "tests/media/webrtc_peer.h"

#include <gst/app/gstappsink.h>
#include <gst/sdp/sdp.h>
#include <gst/webrtc/webrtc.h>

#include <chrono>
#include <cstring>
#include <stdexcept>
#include <thread>

#include "mcu/gst/handle.h"
#include "mcu/gst/media_clock.h"

namespace rollcall::tests {
namespace {

using mcu::gst::adopt;
using namespace std::chrono_literals;

std::string pipeline_text(const WebrtcPeer::Options& options) {
  const std::string twcc =
      options.feedback
          ? ",extmap-3=(string)\"http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01\""
          : "";
  return "webrtcbin name=w latency=150 bundle-policy=" + options.bundle_policy +
         " audiotestsrc is-live=true freq=" + std::to_string(options.tone_hz) +
         " ! audio/x-raw,rate=48000,channels=2 ! opusenc ! rtpopuspay pt=111"
         " ! application/x-rtp,media=audio,encoding-name=OPUS,payload=111 ! w.sink_0"
         " videotestsrc is-live=true pattern=green ! video/x-raw,width=320,height=180,framerate=15/1"
         " ! vp8enc deadline=1 cpu-used=-12 threads=1 target-bitrate=200000 keyframe-max-dist=3000 ! rtpvp8pay pt=96"
         " ! application/x-rtp,media=video,encoding-name=VP8,payload=96" +
         twcc + " ! w.sink_1";
}

void use_loopback(GstElement* webrtc) {
  GObject* ice = nullptr;
  g_object_get(webrtc, "ice-agent", &ice, nullptr);
  const auto owned = adopt(ice);
  gboolean added = FALSE;
  g_signal_emit_by_name(ice, "add-local-ip-address", "127.0.0.1", &added);
  g_object_set(ice, "ice-tcp", FALSE, nullptr);
  GObject* agent = nullptr;
  g_object_get(ice, "agent", &agent, nullptr);
  if (const auto nice = adopt(agent)) {
    g_object_set(nice.get(), "upnp", FALSE, nullptr);
  }
}

void ask_for_retransmission(GstElement* webrtc) {
  GArray* transceivers = nullptr;
  g_signal_emit_by_name(webrtc, "get-transceivers", &transceivers);
  if (transceivers->len > 1) {
    g_object_set(g_array_index(transceivers, GstWebRTCRTPTransceiver*, 1), "do-nack", TRUE, nullptr);
  }
  g_array_unref(transceivers);
}

}  // namespace

WebrtcPeer::WebrtcPeer(const Options& options, mcu::leg::test::Receiver& receiver) : receiver_(receiver) {
  mcu::gst::initialise();
  GError* error = nullptr;
  pipeline_ = gst_parse_launch(pipeline_text(options).c_str(), &error);
  if (error != nullptr) {
    throw std::runtime_error(error->message);
  }
  webrtc_ = gst_bin_get_by_name(GST_BIN(pipeline_), "w");
  use_loopback(webrtc_);
  if (options.feedback) {
    ask_for_retransmission(webrtc_);
  }
  g_signal_connect(webrtc_, "pad-added", G_CALLBACK(&WebrtcPeer::on_pad), this);
  gst_element_set_state(pipeline_, GST_STATE_PLAYING);
  // The m-lines come from the caps at its pads, which are there with the first packets.
  for (int i = 0; i < 500; ++i) {
    const auto sound = adopt(gst_element_get_static_pad(webrtc_, "sink_0"));
    const auto picture = adopt(gst_element_get_static_pad(webrtc_, "sink_1"));
    if (mcu::gst::CapsPtr(gst_pad_get_current_caps(sound.get())) &&
        mcu::gst::CapsPtr(gst_pad_get_current_caps(picture.get()))) {
      return;
    }
    std::this_thread::sleep_for(10ms);
  }
  throw std::runtime_error("webrtcbin's sources did not begin");
}

WebrtcPeer::~WebrtcPeer() {
  gst_element_set_state(pipeline_, GST_STATE_NULL);
  gst_object_unref(webrtc_);
  gst_object_unref(pipeline_);
}

void WebrtcPeer::on_pad(GstElement* /*element*/, GstPad* pad, gpointer data) {
  auto* self = static_cast<WebrtcPeer*>(data);
  if (GST_PAD_DIRECTION(pad) != GST_PAD_SRC) {
    return;
  }
  const mcu::gst::CapsPtr caps(gst_pad_get_current_caps(pad));
  const char* media = gst_structure_get_string(gst_caps_get_structure(caps.get(), 0), "media");
  const bool video = std::strcmp(media, "video") == 0;
  GstElement* chain = gst_parse_bin_from_description(
      video ? "queue ! rtpvp8depay request-keyframe=true wait-for-keyframe=true ! vp8dec ! appsink name=out sync=false"
            : "queue ! rtpopusdepay ! opusdec ! audioconvert ! audio/x-raw,format=S16LE,rate=48000,channels=1"
              " ! appsink name=out sync=false",
      TRUE, nullptr);
  const auto sink = adopt(gst_bin_get_by_name(GST_BIN(chain), "out"));
  GstAppSinkCallbacks callbacks{};
  callbacks.new_sample = [](GstAppSink* from, gpointer peer) {
    const mcu::gst::SamplePtr sample(gst_app_sink_pull_sample(from));
    auto& receiver = static_cast<WebrtcPeer*>(peer)->receiver_;
    if (gst_structure_has_name(gst_caps_get_structure(gst_sample_get_caps(sample.get()), 0), "video/x-raw")) {
      receiver.take_picture(sample.get());
      return GST_FLOW_OK;
    }
    GstMapInfo map;
    if (gst_buffer_map(gst_sample_get_buffer(sample.get()), &map, GST_MAP_READ)) {
      receiver.take_samples({reinterpret_cast<const std::int16_t*>(map.data), map.size / sizeof(std::int16_t)});
      gst_buffer_unmap(gst_sample_get_buffer(sample.get()), &map);
    }
    return GST_FLOW_OK;
  };
  gst_app_sink_set_callbacks(GST_APP_SINK(sink.get()), &callbacks, self, nullptr);
  gst_bin_add(GST_BIN(self->pipeline_), chain);
  gst_element_sync_state_with_parent(chain);
  const auto into = adopt(gst_element_get_static_pad(chain, "sink"));
  gst_pad_link(pad, into.get());
}

std::string WebrtcPeer::create(const char* signal) {
  GstPromise* promise = gst_promise_new();
  g_signal_emit_by_name(webrtc_, signal, nullptr, promise);
  gst_promise_wait(promise);
  GstWebRTCSessionDescription* made = nullptr;
  const char* field = std::strcmp(signal, "create-offer") == 0 ? "offer" : "answer";
  const GstStructure* reply = gst_promise_get_reply(promise);
  if (reply != nullptr) {
    gst_structure_get(reply, field, GST_TYPE_WEBRTC_SESSION_DESCRIPTION, &made, nullptr);
  }
  gst_promise_unref(promise);
  if (made == nullptr) {
    throw std::runtime_error(std::string(signal) + " of webrtcbin failed");
  }
  g_signal_emit_by_name(webrtc_, "set-local-description", made, nullptr);
  gst_webrtc_session_description_free(made);
  auto gathering = GST_WEBRTC_ICE_GATHERING_STATE_NEW;
  for (int i = 0; i < 500 && gathering != GST_WEBRTC_ICE_GATHERING_STATE_COMPLETE; ++i) {
    std::this_thread::sleep_for(10ms);
    g_object_get(webrtc_, "ice-gathering-state", &gathering, nullptr);
  }
  GstWebRTCSessionDescription* local = nullptr;
  g_object_get(webrtc_, "local-description", &local, nullptr);
  const mcu::gst::TextPtr text(gst_sdp_message_as_text(local->sdp));
  gst_webrtc_session_description_free(local);
  return text.get();
}

void WebrtcPeer::describe_to_remote(const std::string& text, int type) {
  GstSDPMessage* sdp = nullptr;
  gst_sdp_message_new_from_text(text.c_str(), &sdp);
  GstWebRTCSessionDescription* remote = gst_webrtc_session_description_new(static_cast<GstWebRTCSDPType>(type), sdp);
  GstPromise* promise = gst_promise_new();
  g_signal_emit_by_name(webrtc_, "set-remote-description", remote, promise);
  gst_promise_wait(promise);
  const GstStructure* reply = gst_promise_get_reply(promise);
  const bool failed = reply != nullptr && gst_structure_has_field(reply, "error");
  gst_promise_unref(promise);
  gst_webrtc_session_description_free(remote);
  if (failed) {
    throw std::runtime_error("webrtcbin refused the description:\n" + text);
  }
}

std::string WebrtcPeer::offer() {
  return create("create-offer");
}
void WebrtcPeer::accept(const std::string& answer) {
  describe_to_remote(answer, GST_WEBRTC_SDP_TYPE_ANSWER);
}

std::string WebrtcPeer::answer(const std::string& offer) {
  describe_to_remote(offer, GST_WEBRTC_SDP_TYPE_OFFER);
  return create("create-answer");
}

}  // namespace rollcall::tests
