#include "mcu/leg/send_chain.h"

#include <stdexcept>
#include <string>

namespace rollcall::mcu::leg {
namespace {

constexpr int mtu = 1200;

gst::CapsPtr packet_caps(const SendChain::Setup& setup) {
  const auto& known = *setup.choice.known;
  gst::CapsPtr caps(gst_caps_new_simple(
      "application/x-rtp", "media", G_TYPE_STRING, known.kind == model::MediaKind::audio ? "audio" : "video",
      "clock-rate", G_TYPE_INT, known.clock_rate, "encoding-name", G_TYPE_STRING, known.encoding_name, "payload",
      G_TYPE_INT, setup.choice.codec.payload_type, "ssrc", G_TYPE_UINT, setup.ssrc, nullptr));
  // The payloader writes the extension, and the session its numbers, for nothing more than this field.
  if (const int id = setup.choice.extension_id(twcc_uri); id != 0) {
    gst_caps_set_simple(caps.get(), ("extmap-" + std::to_string(id)).c_str(), G_TYPE_STRING, twcc_uri, nullptr);
  }
  return caps;
}

GstElement* make_payloader(const SendChain::Setup& setup) {
  const auto text = std::string(setup.choice.known->payloader) + " name=pay ! capsfilter name=filter";
  GError* error = nullptr;
  GstElement* bin = gst_parse_bin_from_description(text.c_str(), TRUE, &error);
  if (bin == nullptr) {
    std::string reason = error->message;
    g_error_free(error);
    throw std::runtime_error("cannot make '" + text + "': " + reason);
  }
  const auto payloader = gst::adopt(gst_bin_get_by_name(GST_BIN(bin), "pay"));
  const auto filter = gst::adopt(gst_bin_get_by_name(GST_BIN(bin), "filter"));
  g_object_set(payloader.get(), "pt", setup.choice.codec.payload_type, "ssrc", setup.ssrc, "mtu", mtu, nullptr);
  g_object_set(filter.get(), "caps", packet_caps(setup).get(), nullptr);
  return bin;
}

}  // namespace

SendChain::SendChain(RtpBin& bin, const Setup& setup, OutPad::Packet rtp, std::function<void()> key_frame_wanted) {
  const auto number = std::to_string(setup.index);
  GstElement* payloader = make_payloader(setup);
  bin.add(payloader);
  const auto into = bin.request_pad("send_rtp_sink", setup.index);
  const auto packets = gst::adopt(gst_element_get_static_pad(payloader, "src"));
  if (gst_pad_link(packets.get(), into.get()) != GST_PAD_LINK_OK) {
    throw std::runtime_error("cannot link the payloader to rtpbin");
  }
  out_ =
      std::make_unique<OutPad>(bin.static_pad("send_rtp_src", setup.index).get(), "rtp_out_" + number, std::move(rtp));
  const auto frames = gst::adopt(gst_element_get_static_pad(payloader, "sink"));
  in_ = std::make_unique<InPad>(frames.get(), "frames_" + number, setup.choice.known->frame_caps,
                                std::move(key_frame_wanted));
}

void SendChain::enable(bool on) {
  if (enabled_.exchange(on) != on) {
    started_ = false;
  }
}

void SendChain::send(const gst::EncodedFrame& frame) {
  if (!enabled_ || (!started_ && !frame.key)) {
    return;
  }
  started_ = true;
  // The memory is shared with all other receivers; only the time stamps are ours.
  gst::BufferPtr own(gst_buffer_copy(frame.buffer));
  GST_BUFFER_PTS(own.get()) = static_cast<GstClockTime>(frame.running_time.count());
  GST_BUFFER_DTS(own.get()) = GST_CLOCK_TIME_NONE;
  in_->push(std::move(own));
}

void SendChain::close() {
  enabled_ = false;
  in_->close();
  out_->close();
}

gst::ObjectPtr<GstElement> make_rtx_sender(const SendChain::Setup& setup) {
  if (!setup.choice.rtx) {
    return nullptr;
  }
  auto bin = gst::sink_floating(gst_bin_new(nullptr));
  GstElement* rtx = gst::make_element("rtprtxsend").release();
  gst_bin_add(GST_BIN(bin.get()), rtx);
  gst_object_unref(rtx);
  const auto payload = std::to_string(setup.choice.codec.payload_type);
  const gst::StructurePtr payloads(gst_structure_new("application/x-rtp-pt-map", payload.c_str(), G_TYPE_UINT,
                                                     static_cast<guint>(setup.choice.rtx->payload_type), nullptr));
  const gst::StructurePtr ssrcs(gst_structure_new("application/x-rtp-ssrc-map", std::to_string(setup.ssrc).c_str(),
                                                  G_TYPE_UINT, setup.rtx_ssrc, nullptr));
  g_object_set(rtx, "payload-type-map", payloads.get(), "ssrc-map", ssrcs.get(), "max-size-time", 1000, nullptr);
  for (const char* const side : {"sink", "src"}) {
    const auto pad = gst::adopt(gst_element_get_static_pad(rtx, side));
    gst_element_add_pad(bin.get(),
                        gst_ghost_pad_new((std::string(side) + "_" + std::to_string(setup.index)).c_str(), pad.get()));
  }
  return bin;
}

}  // namespace rollcall::mcu::leg
