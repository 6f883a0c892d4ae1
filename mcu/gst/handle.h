// GObject and GStreamer references as unique_ptr. Nothing outside this room calls an unref function.
#pragma once

#include <gst/gst.h>

#include <memory>
#include <utility>

namespace rollcall::mcu::gst {

struct ObjectUnref {
  void operator()(gpointer object) const { g_object_unref(object); }
};
struct CapsUnref {
  void operator()(GstCaps* caps) const { gst_caps_unref(caps); }
};
struct MessageUnref {
  void operator()(GstMessage* message) const { gst_message_unref(message); }
};
struct StructureFree {
  void operator()(GstStructure* structure) const { gst_structure_free(structure); }
};
struct GFree {
  void operator()(gpointer memory) const { g_free(memory); }
};
struct SourceDestroy {
  void operator()(GSource* source) const {
    g_source_destroy(source);
    g_source_unref(source);
  }
};

/// One reference to a GObject: elements, pads, agents.
template <class T>
using ObjectPtr = std::unique_ptr<T, ObjectUnref>;
using CapsPtr = std::unique_ptr<GstCaps, CapsUnref>;
using MessagePtr = std::unique_ptr<GstMessage, MessageUnref>;
using StructurePtr = std::unique_ptr<GstStructure, StructureFree>;
using TextPtr = std::unique_ptr<char, GFree>;
/// A GSource of ours: leaves its context when the handle goes.
using SourcePtr = std::unique_ptr<GSource, SourceDestroy>;

/// Takes over a reference that the caller was given ("transfer full").
template <class T>
[[nodiscard]] ObjectPtr<T> adopt(T* object) {
  return ObjectPtr<T>(object);
}
/// Takes a floating object for ourselves, as made by gst_element_factory_make and gst_pad_new.
template <class T>
[[nodiscard]] ObjectPtr<T> sink_floating(T* object) {
  return ObjectPtr<T>(object == nullptr ? nullptr : static_cast<T*>(g_object_ref_sink(object)));
}
/// One more reference to an object that somebody else keeps too.
template <class T>
[[nodiscard]] ObjectPtr<T> share(T* object) {
  return ObjectPtr<T>(object == nullptr ? nullptr : static_cast<T*>(g_object_ref(object)));
}

/// A connected GObject signal; disconnects in the destructor. Does not wait for a callback that is running on another
/// thread. Holds a reference to the instance.
class SignalConnection {
 public:
  SignalConnection() = default;
  SignalConnection(gpointer instance, const char* signal, GCallback callback, gpointer data);
  ~SignalConnection();
  SignalConnection(SignalConnection&& other) noexcept { swap(other); }
  SignalConnection& operator=(SignalConnection&& other) noexcept {
    swap(other);
    return *this;
  }
  SignalConnection(const SignalConnection&) = delete;
  SignalConnection& operator=(const SignalConnection&) = delete;

 private:
  void swap(SignalConnection& other) noexcept {
    std::swap(instance_, other.instance_);
    std::swap(id_, other.id_);
  }
  ObjectPtr<GObject> instance_;
  gulong id_ = 0;
};

/// A probe on a pad, removed in the destructor.
class PadProbe {
 public:
  PadProbe() = default;
  PadProbe(GstPad* pad, GstPadProbeType type, GstPadProbeCallback callback, gpointer data);
  ~PadProbe();
  PadProbe(PadProbe&& other) noexcept { swap(other); }
  PadProbe& operator=(PadProbe&& other) noexcept {
    swap(other);
    return *this;
  }
  PadProbe(const PadProbe&) = delete;
  PadProbe& operator=(const PadProbe&) = delete;

 private:
  void swap(PadProbe& other) noexcept {
    std::swap(pad_, other.pad_);
    std::swap(id_, other.id_);
  }
  ObjectPtr<GstPad> pad_;
  gulong id_ = 0;
};

/// Makes an element; throws std::runtime_error naming the plugin that is not installed.
[[nodiscard]] ObjectPtr<GstElement> make_element(const char* factory, const char* name = nullptr);

/// Whether there is such an element.
[[nodiscard]] bool is_installed(const std::string& factory);

}  // namespace rollcall::mcu::gst
