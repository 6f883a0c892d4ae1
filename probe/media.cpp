#include "probe/media.h"

#include <optional>
#include <random>
#include <utility>

#include "probe/media_branches.h"
#include "probe/media_statistics.h"
#include "probe/sdp_message.h"
#include "probe/webrtc_description.h"

namespace rollcall::probe {
namespace {

using model::Reason;

constexpr Milliseconds promise_limit{10000};

std::uint32_t random_ssrc() {
  static std::mt19937 source{std::random_device{}()};
  return std::uniform_int_distribution<std::uint32_t>{1}(source);
}

}  // namespace

/// The running pipeline. webrtcbin calls back on its own thread, which lives no longer than this: the destructor
/// stops the pipeline first.
class Media::Pipeline {
 public:
  Pipeline(MediaSettings settings, MediaEventQueue& events) : settings_(std::move(settings)), events_(events) {}

  ~Pipeline() {
    if (!pipeline_) return;
    gst_element_set_state(pipeline_.get(), GST_STATE_NULL);
    if (webrtc_) g_signal_handlers_disconnect_by_data(webrtc_.get(), this);
  }

  model::Expected<void> offer();
  model::Expected<void> answer(const std::string& sdp);
  void take_remote(GstWebRTCSDPType type, const std::string& sdp);
  void add_candidate(unsigned media, const std::string& line);
  void poll(Milliseconds now);
  void ask_statistics();

 private:
  model::Expected<void> build();
  model::Expected<void> add_sender(unsigned line, const SendingMedia& media);
  void create_answer();
  void set_local(Description local);
  void await(Milliseconds since) { waiting_since_ = since; }

  static void on_offer(GstPromise* promise, gpointer self);
  static void on_answer(GstPromise* promise, gpointer self);
  static void on_remote_set(GstPromise* promise, gpointer self);
  static void on_candidate(GstElement* webrtc, guint media, gchar* line, gpointer self);
  static void on_gathering(GstElement* webrtc, GParamSpec* spec, gpointer self);
  static void on_connection(GstElement* webrtc, GParamSpec* spec, gpointer self);
  static void on_pad(GstElement* webrtc, GstPad* pad, gpointer self);

  MediaSettings settings_;
  MediaEventQueue& events_;
  Object<GstElement> pipeline_;
  Object<GstElement> webrtc_;
  bool offering_ = false;
  bool has_remote_ = false;
  std::vector<std::pair<unsigned, std::string>> early_candidates_;
  std::optional<Milliseconds> waiting_since_;  ///< for the local description
};

model::Expected<void> Media::Pipeline::build() {
  GstElement* webrtc = gst_element_factory_make("webrtcbin", nullptr);
  if (!webrtc) return model::refuse(Reason::internal, "GStreamer has no webrtcbin. Install gstreamer1.0-plugins-bad.");
  pipeline_.reset(GST_ELEMENT(gst_object_ref_sink(gst_pipeline_new(nullptr))));
  webrtc_.reset(GST_ELEMENT(gst_object_ref_sink(webrtc)));
  gst_bin_add(GST_BIN(pipeline_.get()), webrtc);
  // An answerer mirrors the offer only under max-bundle.
  const bool bundle = !offering_ || settings_.bundle;
  g_object_set(webrtc, "bundle-policy", bundle ? GST_WEBRTC_BUNDLE_POLICY_MAX_BUNDLE : GST_WEBRTC_BUNDLE_POLICY_NONE,
               "latency", 150, nullptr);
  GObject* ice = nullptr;
  g_object_get(webrtc, "ice-agent", &ice, nullptr);
  const Object<GObject> ice_owner(ice);
  GObject* agent = nullptr;
  g_object_get(ice, "agent", &agent, nullptr);
  g_object_set(agent, "upnp", FALSE, "ice-tcp", FALSE, "keepalive-conncheck", TRUE, nullptr);
  g_object_unref(agent);
  for (const auto& address : settings_.addresses) {
    gboolean taken = FALSE;
    g_signal_emit_by_name(ice, "add-local-ip-address", address.c_str(), &taken);
  }
  g_signal_connect(webrtc, "on-ice-candidate", G_CALLBACK(on_candidate), this);
  g_signal_connect(webrtc, "notify::ice-gathering-state", G_CALLBACK(on_gathering), this);
  g_signal_connect(webrtc, "notify::connection-state", G_CALLBACK(on_connection), this);
  g_signal_connect(webrtc, "pad-added", G_CALLBACK(on_pad), this);
  return {};
}

model::Expected<void> Media::Pipeline::add_sender(unsigned line, const SendingMedia& media) {
  auto bin = sending_bin(media, settings_);
  if (!bin) return tl::unexpected(bin.error());
  gst_bin_add(GST_BIN(pipeline_.get()), *bin);
  const auto caps = sending_caps(media);
  GstPadTemplate* form = gst_element_get_pad_template(webrtc_.get(), "sink_%u");
  const auto name = "sink_" + std::to_string(line);
  const Object<GstPad> sink(gst_element_request_pad(webrtc_.get(), form, name.c_str(), caps.get()));
  const Object<GstPad> source(gst_element_get_static_pad(*bin, "src"));
  if (!sink || gst_pad_link(source.get(), sink.get()) != GST_PAD_LINK_OK) {
    return model::refuse(Reason::internal, "webrtcbin does not take our " + media.kind + ".");
  }
  GstWebRTCRTPTransceiver* transceiver = nullptr;
  g_object_get(sink.get(), "transceiver", &transceiver, nullptr);
  const Object<GstWebRTCRTPTransceiver> owner(transceiver);
  // Retransmission for the picture only: late duplicates of sound do harm.
  g_object_set(transceiver, "do-nack", media.kind == "video" && settings_.bundle, nullptr);
  if (!offering_) g_object_set(transceiver, "codec-preferences", caps.get(), nullptr);
  return {};
}

model::Expected<void> Media::Pipeline::offer() {
  offering_ = true;
  auto built = build();
  if (built) built = add_sender(0, {"audio", 111, random_ssrc()});
  if (built && settings_.video) built = add_sender(1, {"video", 96, random_ssrc()});
  if (!built) return built;
  gst_element_set_state(pipeline_.get(), GST_STATE_PLAYING);
  await(now());
  auto* promise = gst_promise_new_with_change_func(on_offer, this, nullptr);
  g_signal_emit_by_name(webrtc_.get(), "create-offer", nullptr, promise);
  return {};
}

model::Expected<void> Media::Pipeline::answer(const std::string& sdp) {
  const auto message = parse_sdp(sdp);
  if (!message) return model::refuse(Reason::bad_request, "The offer is not SDP.");
  auto built = build();
  for (guint line = 0; built && line < gst_sdp_message_medias_len(message.get()); ++line) {
    const auto* media = gst_sdp_message_get_media(message.get(), line);
    const std::string kind = gst_sdp_media_get_media(media);
    const std::string codec = kind == "audio" ? "opus" : "VP8";
    const auto payload_type = payload_type_of(media, codec);
    if (!payload_type) return model::refuse(Reason::no_common_codec, "The offered " + kind + " lacks " + codec + ".");
    built = add_sender(line, {kind, *payload_type, random_ssrc()});
  }
  if (!built) return built;
  gst_element_set_state(pipeline_.get(), GST_STATE_PLAYING);
  await(now());
  take_remote(GST_WEBRTC_SDP_TYPE_OFFER, sdp);
  return {};
}

void Media::Pipeline::take_remote(GstWebRTCSDPType type, const std::string& sdp) {
  const auto remote = description(type, sdp);
  if (!remote) return events_.push(MediaFailed{"The other side's description is not SDP."});
  auto* promise = gst_promise_new_with_change_func(on_remote_set, this, nullptr);
  g_signal_emit_by_name(webrtc_.get(), "set-remote-description", remote.get(), promise);
  // webrtcbin does its tasks in order, so candidates given from now on find the description.
  has_remote_ = true;
  for (const auto& [media, line] : std::exchange(early_candidates_, {})) add_candidate(media, line);
}

void Media::Pipeline::on_remote_set(GstPromise* promise, gpointer self) {
  auto* pipeline = static_cast<Pipeline*>(self);
  const bool replied = gst_promise_wait(promise) == GST_PROMISE_RESULT_REPLIED;
  std::string why;
  (void)described(promise, "none", why);
  if (!why.empty()) return pipeline->events_.push(MediaFailed{"webrtcbin refused the description: " + why});
  if (replied && !pipeline->offering_) pipeline->create_answer();
}

void Media::Pipeline::create_answer() {
  auto* promise = gst_promise_new_with_change_func(on_answer, this, nullptr);
  g_signal_emit_by_name(webrtc_.get(), "create-answer", nullptr, promise);
}

void Media::Pipeline::on_offer(GstPromise* promise, gpointer self) {
  if (gst_promise_wait(promise) != GST_PROMISE_RESULT_REPLIED) return gst_promise_unref(promise);
  std::string why;
  auto offer = described(promise, "offer", why);
  auto* pipeline = static_cast<Pipeline*>(self);
  if (!offer) return pipeline->events_.push(MediaFailed{"webrtcbin makes no offer: " + why});
  pipeline->set_local(std::move(offer));
}

void Media::Pipeline::on_answer(GstPromise* promise, gpointer self) {
  if (gst_promise_wait(promise) != GST_PROMISE_RESULT_REPLIED) return gst_promise_unref(promise);
  std::string why;
  auto answer = described(promise, "answer", why);
  auto* pipeline = static_cast<Pipeline*>(self);
  if (!answer) return pipeline->events_.push(MediaFailed{"webrtcbin makes no answer: " + why});
  pipeline->set_local(std::move(answer));
}

void Media::Pipeline::set_local(Description local) {
  g_signal_emit_by_name(webrtc_.get(), "set-local-description", local.get(), nullptr);
  if (settings_.trickle) events_.push(LocalDescription{to_text(local->sdp)});
}

void Media::Pipeline::on_candidate(GstElement*, guint media, gchar* line, gpointer self) {
  auto* pipeline = static_cast<Pipeline*>(self);
  if (pipeline->settings_.trickle) pipeline->events_.push(LocalCandidate{media, line});
}

void Media::Pipeline::on_gathering(GstElement* webrtc, GParamSpec*, gpointer self) {
  auto* pipeline = static_cast<Pipeline*>(self);
  GstWebRTCICEGatheringState state{};
  g_object_get(webrtc, "ice-gathering-state", &state, nullptr);
  if (state != GST_WEBRTC_ICE_GATHERING_STATE_COMPLETE || pipeline->settings_.trickle) return;
  GstWebRTCSessionDescription* raw = nullptr;
  g_object_get(webrtc, "local-description", &raw, nullptr);
  const Description local(raw);
  if (local) pipeline->events_.push(LocalDescription{to_text(local->sdp)});
}

void Media::Pipeline::on_connection(GstElement* webrtc, GParamSpec*, gpointer self) {
  auto* pipeline = static_cast<Pipeline*>(self);
  GstWebRTCPeerConnectionState state{};
  g_object_get(webrtc, "connection-state", &state, nullptr);
  if (state == GST_WEBRTC_PEER_CONNECTION_STATE_CONNECTED) pipeline->events_.push(MediaConnected{now()});
  if (state == GST_WEBRTC_PEER_CONNECTION_STATE_FAILED) {
    pipeline->events_.push(MediaFailed{"No packets get through: ICE or DTLS has failed."});
  }
}

void Media::Pipeline::on_pad(GstElement* webrtc, GstPad* pad, gpointer self) {
  if (GST_PAD_DIRECTION(pad) != GST_PAD_SRC) return;
  auto& events = static_cast<Pipeline*>(self)->events_;
  Caps caps(gst_pad_get_current_caps(pad));
  if (!caps) caps.reset(gst_pad_query_caps(pad, nullptr));
  const auto* form = gst_caps_get_size(caps.get()) ? gst_caps_get_structure(caps.get(), 0) : nullptr;
  const gchar* codec = form ? gst_structure_get_string(form, "encoding-name") : nullptr;
  const auto bin = receiving_bin(codec ? codec : "an unknown codec", events);
  if (!bin) return events.push(MediaFailed{bin.error().subject});
  const Object<GstObject> parent(gst_element_get_parent(webrtc));
  gst_bin_add(GST_BIN(parent.get()), *bin);
  gst_element_sync_state_with_parent(*bin);
  const Object<GstPad> sink(gst_element_get_static_pad(*bin, "sink"));
  gst_pad_link(pad, sink.get());
}

void Media::Pipeline::add_candidate(unsigned media, const std::string& line) {
  if (!has_remote_) return early_candidates_.emplace_back(media, line), void();
  g_signal_emit_by_name(webrtc_.get(), "add-ice-candidate", media, line.c_str());
}

void Media::Pipeline::poll(Milliseconds at) {
  if (!pipeline_) return;
  const Object<GstBus> bus(gst_element_get_bus(pipeline_.get()));
  while (const Message message{gst_bus_pop(bus.get())}) {
    if (GST_MESSAGE_TYPE(message.get()) == GST_MESSAGE_LATENCY) gst_bin_recalculate_latency(GST_BIN(pipeline_.get()));
    if (GST_MESSAGE_TYPE(message.get()) != GST_MESSAGE_ERROR) continue;
    GError* raw = nullptr;
    gst_message_parse_error(message.get(), &raw, nullptr);
    const Error error(raw);
    events_.push(MediaFailed{std::string("The media pipeline stopped: ") + error->message});
  }
  GstWebRTCSessionDescription* raw = nullptr;
  if (waiting_since_) g_object_get(webrtc_.get(), "local-description", &raw, nullptr);
  if (const Description local{raw}) waiting_since_.reset();
  if (!waiting_since_ || at - *waiting_since_ < promise_limit) return;
  waiting_since_.reset();
  events_.push(MediaFailed{"webrtcbin has not made a description within ten seconds."});
}

void Media::Pipeline::ask_statistics() {
  if (webrtc_) probe::ask_statistics(webrtc_.get(), events_);
}

Media::Media(MediaSettings settings, MediaEventQueue& events)
    : pipeline_(std::make_unique<Pipeline>(std::move(settings), events)) {}
Media::~Media() = default;
model::Expected<void> Media::offer() {
  return pipeline_->offer();
}
model::Expected<void> Media::answer(const std::string& offer_sdp) {
  return pipeline_->answer(offer_sdp);
}
void Media::take_answer(const std::string& sdp) {
  pipeline_->take_remote(GST_WEBRTC_SDP_TYPE_ANSWER, sdp);
}
void Media::add_candidate(unsigned media, const std::string& line) {
  pipeline_->add_candidate(media, line);
}
void Media::poll(Milliseconds now) {
  pipeline_->poll(now);
}
void Media::ask_statistics() {
  pipeline_->ask_statistics();
}

}  // namespace rollcall::probe
