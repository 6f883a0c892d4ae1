// What a recording's file plays, for tests.
#pragma once

#include <gst/gst.h>

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "mcu/gst/handle.h"

namespace rollcall::mcu::record {

struct Played {
  int pictures = 0;
  double picture_s = 0;  ///< when the last one is due
  double sound_s = 0;
  bool to_the_end = false;
  std::vector<std::int16_t> samples = {};  ///< 48 kHz mono
  std::int64_t length_ms = 0;              ///< as the file says
};

/// Plays the file as fast as it goes.
inline Played play(const std::filesystem::path& path) {
  const std::string text =
      "filesrc location=" + path.string() +
      " ! matroskademux name=demux demux. ! queue ! vp8dec ! fakesink name=picture signal-handoffs=true "
      "sync=false demux. ! queue ! opusdec ! fakesink name=sound signal-handoffs=true sync=false";
  const auto pipeline = gst::sink_floating(gst_parse_launch(text.c_str(), nullptr));
  Played played;
  const auto listen = [&](const char* name, GCallback handoff) {
    const auto sink = gst::adopt(gst_bin_get_by_name(GST_BIN(pipeline.get()), name));
    g_signal_connect(sink.get(), "handoff", handoff, &played);
  };
  listen("picture", G_CALLBACK(+[](GstElement*, GstBuffer* buffer, GstPad*, Played* seen) {
           ++seen->pictures;
           seen->picture_s = static_cast<double>(GST_BUFFER_PTS(buffer)) / GST_SECOND;
         }));
  listen("sound", G_CALLBACK(+[](GstElement*, GstBuffer* buffer, GstPad*, Played* seen) {
           seen->sound_s = static_cast<double>(GST_BUFFER_PTS(buffer)) / GST_SECOND;
           GstMapInfo map;
           gst_buffer_map(buffer, &map, GST_MAP_READ);
           const auto* samples = reinterpret_cast<const std::int16_t*>(map.data);
           seen->samples.insert(seen->samples.end(), samples, samples + map.size / 2);
           gst_buffer_unmap(buffer, &map);
         }));
  gst_element_set_state(pipeline.get(), GST_STATE_PLAYING);
  const auto bus = gst::adopt(gst_element_get_bus(pipeline.get()));
  const gst::MessagePtr end(gst_bus_timed_pop_filtered(
      bus.get(), 30 * GST_SECOND, static_cast<GstMessageType>(GST_MESSAGE_EOS | GST_MESSAGE_ERROR)));
  played.to_the_end = end && GST_MESSAGE_TYPE(end.get()) == GST_MESSAGE_EOS;
  gint64 length = 0;
  if (gst_element_query_duration(pipeline.get(), GST_FORMAT_TIME, &length)) played.length_ms = length / 1'000'000;
  gst_element_set_state(pipeline.get(), GST_STATE_NULL);
  return played;
}

/// A folder for one test.
struct Folder {
  Folder() : path(mkdtemp(pattern.data())) {}
  ~Folder() { std::filesystem::remove_all(path); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  std::string pattern = (std::filesystem::temp_directory_path() / "recordings-XXXXXX").string();
  std::filesystem::path path;
};

}  // namespace rollcall::mcu::record
