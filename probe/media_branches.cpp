#include "probe/media_branches.h"

#include <gst/app/gstappsink.h>

#include <sstream>

namespace rollcall::probe {
namespace {

using model::Reason;

unsigned argb(Colour colour) {
  return 0xff000000U | static_cast<unsigned>(colour.red << 16 | colour.green << 8 | colour.blue);
}

/// Small buffers, so that a requested key frame costs three ordinary pictures and not half a second of the rate.
std::string picture_source(const MediaSettings& settings) {
  std::ostringstream text;
  text << "videotestsrc is-live=true pattern=ball background-color=" << argb(settings.colour)
       << " foreground-color=" << argb(settings.ball) << " ! video/x-raw,format=I420,width=" << settings.width
       << ",height=" << settings.height << ",framerate=" << settings.frame_rate << "/1"
       << " ! queue max-size-buffers=2 leaky=downstream ! vp8enc deadline=1 cpu-used=8 threads=1 lag-in-frames=0"
       << " end-usage=cbr keyframe-max-dist=3000 max-quantizer=63 max-intra-bitrate=300 buffer-size=600"
       << " buffer-initial-size=300 buffer-optimal-size=400 target-bitrate=" << settings.video_kbit * 1000
       << " ! rtpvp8pay picture-id-mode=15-bit mtu=1200";
  return text.str();
}

std::string sound_source(const MediaSettings& settings) {
  std::ostringstream text;
  text << "audiotestsrc is-live=true samplesperbuffer=960 volume=0.25 ";
  if (settings.tone > 0) text << "wave=sine freq=" << settings.tone;
  if (settings.tone <= 0) text << "wave=silence";
  text << " ! audio/x-raw,rate=48000,channels=1 ! opusenc bitrate=32000 inband-fec=true ! rtpopuspay";
  return text.str();
}

std::string caps_text(const SendingMedia& media) {
  std::ostringstream text;
  text << "application/x-rtp,media=" << media.kind << ",payload=" << media.payload_type << ",ssrc=(uint)" << media.ssrc;
  if (media.kind == "audio") text << ",encoding-name=OPUS,clock-rate=48000,encoding-params=(string)2";
  if (media.kind == "video") text << ",encoding-name=VP8,clock-rate=90000";
  return text.str();
}

model::Expected<GstElement*> parse_bin(const std::string& description) {
  GError* raw = nullptr;
  GstElement* bin = gst_parse_bin_from_description(description.c_str(), TRUE, &raw);
  const Error error(raw);
  if (!bin || error) {
    return model::refuse(Reason::internal, std::string("GStreamer cannot build the media: ") +
                                               (error ? error->message : "unknown") +
                                               ". Install the packages of packaging/packages/run.txt.");
  }
  return bin;
}

std::vector<std::int16_t> samples_of(GstSample* sample) {
  GstMapInfo map;
  GstBuffer* buffer = gst_sample_get_buffer(sample);
  if (!gst_buffer_map(buffer, &map, GST_MAP_READ)) return {};
  const auto* first = reinterpret_cast<const std::int16_t*>(map.data);
  std::vector<std::int16_t> samples(first, first + map.size / sizeof(std::int16_t));
  gst_buffer_unmap(buffer, &map);
  return samples;
}

GstFlowReturn on_frame(GstAppSink* sink, gpointer events) {
  Sample sample(gst_app_sink_pull_sample(sink));
  if (!sample) return GST_FLOW_EOS;
  static_cast<MediaEventQueue*>(events)->push(FrameArrived{now(), std::move(sample)});
  return GST_FLOW_OK;
}

GstFlowReturn on_sound(GstAppSink* sink, gpointer events) {
  const Sample sample(gst_app_sink_pull_sample(sink));
  if (!sample) return GST_FLOW_EOS;
  static_cast<MediaEventQueue*>(events)->push(SoundArrived{now(), samples_of(sample.get())});
  return GST_FLOW_OK;
}

}  // namespace

model::Expected<void> prepare_media() {
  for (const auto* name : {"webrtcbin",    "dtlssrtpenc",   "dtlssrtpdec",  "nicesrc",      "nicesink",     "rtpbin",
                           "videotestsrc", "audiotestsrc",  "vp8enc",       "vp8dec",       "opusenc",      "opusdec",
                           "rtpvp8pay",    "rtpvp8depay",   "rtpopuspay",   "rtpopusdepay", "rtppcmudepay", "mulawdec",
                           "audioconvert", "audioresample", "videoconvert", "appsink",      "pngenc"}) {
    GstElement* element = gst_element_factory_make(name, nullptr);
    if (!element) {
      return model::refuse(Reason::internal, std::string("GStreamer has no element '") + name +
                                                 "'. Install the packages of packaging/packages/run.txt.");
    }
    const Object<GstElement> owner(GST_ELEMENT(gst_object_ref_sink(element)));
  }
  return {};
}

model::Expected<GstElement*> sending_bin(const SendingMedia& media, const MediaSettings& settings) {
  auto text = media.kind == "video" ? picture_source(settings) : sound_source(settings);
  text += " pt=" + std::to_string(media.payload_type) + " ssrc=" + std::to_string(media.ssrc);
  return parse_bin(text + " ! capsfilter caps=\"" + caps_text(media) + "\"");  // a bare filter cannot stand last
}

Caps sending_caps(const SendingMedia& media) {
  return Caps(gst_caps_from_string(caps_text(media).c_str()));
}

model::Expected<GstElement*> receiving_bin(const std::string& codec, MediaEventQueue& events) {
  const std::string sink = " ! appsink name=sink sync=false max-buffers=50";
  const std::string sound = " ! audioconvert ! audioresample ! audio/x-raw,format=S16LE,rate=48000,channels=1";
  std::string text;
  if (codec == "VP8") {
    text = "queue ! rtpvp8depay request-keyframe=true wait-for-keyframe=true ! vp8dec ! video/x-raw,format=I420";
  } else if (codec == "OPUS") {
    text = "queue ! rtpopusdepay ! opusdec use-inband-fec=true" + sound;
  } else if (codec == "PCMU") {
    text = "queue ! rtppcmudepay ! mulawdec" + sound;
  } else {
    return model::refuse(Reason::no_common_codec, "The other side sends " + codec + ", which was not agreed.");
  }
  auto bin = parse_bin(text + sink);
  if (!bin) return bin;
  const Object<GstElement> appsink(gst_bin_get_by_name(GST_BIN(*bin), "sink"));
  GstAppSinkCallbacks callbacks{};
  callbacks.new_sample = codec == "VP8" ? on_frame : on_sound;
  gst_app_sink_set_callbacks(GST_APP_SINK(appsink.get()), &callbacks, &events, nullptr);
  return bin;
}

}  // namespace rollcall::probe
