#include "mcu/gst/handle.h"

#include <stdexcept>
#include <string>

namespace rollcall::mcu::gst {

SignalConnection::SignalConnection(gpointer instance, const char* signal, GCallback callback, gpointer data)
    : instance_(share(G_OBJECT(instance))), id_(g_signal_connect(instance, signal, callback, data)) {}

SignalConnection::~SignalConnection() {
  if (id_ != 0) {
    g_signal_handler_disconnect(instance_.get(), id_);
  }
}

PadProbe::PadProbe(GstPad* pad, GstPadProbeType type, GstPadProbeCallback callback, gpointer data)
    : pad_(share(pad)), id_(gst_pad_add_probe(pad, type, callback, data, nullptr)) {}

PadProbe::~PadProbe() {
  if (id_ != 0) {
    gst_pad_remove_probe(pad_.get(), id_);
  }
}

ObjectPtr<GstElement> make_element(const char* factory, const char* name) {
  auto element = sink_floating(gst_element_factory_make(factory, name));
  if (!element) {
    throw std::runtime_error(std::string("the GStreamer element ") + factory +
                             " is not installed; install the packages of packaging/packages/run.txt");
  }
  return element;
}

bool is_installed(const std::string& factory) {
  return adopt(gst_element_factory_find(factory.c_str())) != nullptr;
}

}  // namespace rollcall::mcu::gst
