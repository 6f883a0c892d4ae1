#include "probe/media_statistics.h"

#define GST_USE_UNSTABLE_API
#include <gst/webrtc/webrtc.h>

#include <map>
#include <string>
#include <utility>

namespace rollcall::probe {
namespace {

struct Question {
  GstElement* webrtc;
  MediaEventQueue& events;
};

struct Collection {
  std::map<guint, std::string> kinds;  ///< by SSRC
  Statistics statistics;
};

/// GStreamer gives the same counter as int, unsigned or 64 bit, by version.
double number(const GstStructure* entry, const char* name) {
  const GValue* value = gst_structure_get_value(entry, name);
  GValue converted = G_VALUE_INIT;
  g_value_init(&converted, G_TYPE_DOUBLE);
  const double result = value && g_value_transform(value, &converted) ? g_value_get_double(&converted) : 0;
  g_value_unset(&converted);
  return result;
}

gboolean note_pad(GstElement*, GstPad* pad, gpointer target) {
  const Caps caps(gst_pad_get_current_caps(pad));
  guint ssrc = 0;
  if (!caps || !gst_structure_get_uint(gst_caps_get_structure(caps.get(), 0), "ssrc", &ssrc)) return TRUE;
  const gchar* kind = gst_structure_get_string(gst_caps_get_structure(caps.get(), 0), "media");
  if (kind) static_cast<Collection*>(target)->kinds[ssrc] = kind;
  return TRUE;
}

gboolean collect(GQuark, const GValue* value, gpointer target) {
  if (!GST_VALUE_HOLDS_STRUCTURE(value)) return TRUE;
  const auto* entry = gst_value_get_structure(value);
  GstWebRTCStatsType type{};
  guint ssrc = 0;
  if (!gst_structure_get(entry, "type", GST_TYPE_WEBRTC_STATS_TYPE, &type, nullptr)) return TRUE;
  if (!gst_structure_get_uint(entry, "ssrc", &ssrc)) return TRUE;
  auto* collection = static_cast<Collection*>(target);
  const auto kind = collection->kinds.find(ssrc);
  if (kind == collection->kinds.end()) return TRUE;
  auto& figures = kind->second == "video" ? collection->statistics.video : collection->statistics.audio;
  if (type == GST_WEBRTC_STATS_INBOUND_RTP) {
    figures.received += static_cast<std::uint64_t>(number(entry, "packets-received"));
    figures.lost += static_cast<std::int64_t>(number(entry, "packets-lost"));
    figures.jitter_ms = number(entry, "jitter") * 1000;
  }
  if (type == GST_WEBRTC_STATS_OUTBOUND_RTP) {
    figures.sent += static_cast<std::uint64_t>(number(entry, "packets-sent"));
  }
  return TRUE;
}

void on_statistics(GstPromise* promise, gpointer data) {
  const auto* question = static_cast<Question*>(data);
  if (gst_promise_wait(promise) == GST_PROMISE_RESULT_REPLIED) {
    Collection collection;
    gst_element_foreach_pad(question->webrtc, note_pad, &collection);
    gst_structure_foreach(gst_promise_get_reply(promise), collect, &collection);
    question->events.push(collection.statistics);
  }
  gst_promise_unref(promise);
}

}  // namespace

void ask_statistics(GstElement* webrtc, MediaEventQueue& events) {
  auto* question = new Question{webrtc, events};
  auto* promise = gst_promise_new_with_change_func(on_statistics, question,
                                                   [](gpointer data) { delete static_cast<Question*>(data); });
  g_signal_emit_by_name(webrtc, "get-stats", nullptr, promise);
}

}  // namespace rollcall::probe
