#include "mcu/transport/io_context.h"

#include <cassert>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>

#include "mcu/transport/certificate.h"
#include "mcu/transport/dtls.h"

namespace rollcall::mcu::transport {

struct IoContext::State {
  explicit State(Options given) : options(std::move(given)), dtls(certificate) {}
  Options options;
  Certificate certificate;
  DtlsContext dtls;
  GMainContext* context = g_main_context_new();
  GMainLoop* loop = g_main_loop_new(context, FALSE);
  std::thread thread;
};

namespace {

/// One call of run(): the caller waits on it, so it may live on the caller's stack.
struct Call {
  const std::function<void()>& task;
  std::mutex mutex = {};
  std::condition_variable finished = {};
  bool done = false;
  std::exception_ptr error = {};

  void execute() {
    try {
      task();
    } catch (...) {
      error = std::current_exception();
    }
    const std::lock_guard lock(mutex);
    done = true;
    finished.notify_one();
  }
};

}  // namespace

IoContext::IoContext(Options options) : state_(std::make_unique<State>(std::move(options))) {
  state_->thread = std::thread([state = state_.get()] {
    g_main_context_push_thread_default(state->context);
    g_main_loop_run(state->loop);
    g_main_context_pop_thread_default(state->context);
  });
}

IoContext::~IoContext() {
  run([this] { g_main_loop_quit(state_->loop); });
  state_->thread.join();
  g_main_loop_unref(state_->loop);
  g_main_context_unref(state_->context);
}

void IoContext::run(const std::function<void()>& task) {
  if (std::this_thread::get_id() == state_->thread.get_id()) {
    task();
    return;
  }
  Call call{task};
  GSource* source = g_idle_source_new();
  g_source_set_priority(source, G_PRIORITY_DEFAULT);
  g_source_set_callback(
      source,
      [](gpointer data) -> gboolean {
        static_cast<Call*>(data)->execute();
        return G_SOURCE_REMOVE;
      },
      &call, nullptr);
  g_source_attach(source, state_->context);
  {
    std::unique_lock lock(call.mutex);
    call.finished.wait(lock, [&call] { return call.done; });
  }
  g_source_unref(source);
  if (call.error) {
    std::rethrow_exception(call.error);
  }
}

GMainContext* IoContext::context() const {
  return state_->context;
}
const IoContext::Options& IoContext::options() const {
  return state_->options;
}
const Certificate& IoContext::certificate() const {
  return state_->certificate;
}
const DtlsContext& IoContext::dtls() const {
  return state_->dtls;
}

}  // namespace rollcall::mcu::transport
