#include "mcu/transport/io_context.h"

#include <cassert>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>
#include <utility>

#include "mcu/transport/certificate.h"
#include "mcu/transport/dtls.h"

namespace rollcall::mcu::transport {

struct IoContext::State {
  explicit State(Options given) : options(std::move(given)), dtls(certificate) {}
  Options options;
  Certificate certificate;
  DtlsContext dtls;
  Servers servers{options.stun, options.turn};  ///< the I/O thread's
  GMainContext* context = g_main_context_new();
  GMainLoop* loop = g_main_loop_new(context, FALSE);
  std::vector<std::shared_ptr<Tick::Function>> ticks;  ///< the I/O thread's
  std::thread thread;
  static gboolean on_tick(gpointer data);
};

gboolean IoContext::State::on_tick(gpointer data) {
  const auto now = std::chrono::steady_clock::now();
  const auto& ticks = static_cast<State*>(data)->ticks;
  // By number: what is called may begin another tick.
  for (std::size_t i = 0; i < ticks.size(); ++i) {
    const auto tick = ticks[i];
    (*tick)(now);
  }
  return G_SOURCE_CONTINUE;
}

namespace {

/// A wake-up looks at every socket and timer of all legs, so packets are taken together: no more than one wake-up in a
/// millisecond, however many sockets there are.
constexpr std::chrono::milliseconds wake_up_interval{1};

gint patient_poll(GPollFD* descriptors, guint count, gint timeout) {
  thread_local std::chrono::steady_clock::time_point last;
  if (timeout != 0) {
    std::this_thread::sleep_until(last + wake_up_interval);
  }
  const gint ready = g_poll(descriptors, count, timeout);
  last = std::chrono::steady_clock::now();
  return ready;
}

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
    g_main_context_set_poll_func(state->context, &patient_poll);
    GSource* timer = g_timeout_source_new(Tick::interval.count());
    g_source_set_callback(timer, &State::on_tick, state, nullptr);
    g_source_attach(timer, state->context);
    g_source_unref(timer);
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

IoContext::Tick::Tick(IoContext& io, Function function)
    : io_(&io), function_(std::make_shared<Function>(std::move(function))) {
  io.run([this] { io_->state_->ticks.push_back(function_); });
}

IoContext::Tick::~Tick() {
  if (io_ != nullptr) {
    io_->run([this] { std::erase(io_->state_->ticks, function_); });
  }
}

IoContext::Tick::Tick(Tick&& other) noexcept
    : io_(std::exchange(other.io_, nullptr)), function_(std::move(other.function_)) {}

IoContext::Tick& IoContext::Tick::operator=(Tick&& other) noexcept {
  std::swap(io_, other.io_);
  std::swap(function_, other.function_);
  return *this;
}

GMainContext* IoContext::context() const {
  return state_->context;
}
const IoContext::Options& IoContext::options() const {
  return state_->options;
}
void IoContext::set_servers(Servers servers) {
  run([&] {
    state_->servers = {servers.stun ? std::move(servers.stun) : state_->options.stun,
                       servers.turn ? std::move(servers.turn) : state_->options.turn};
  });
}
const IoContext::Servers& IoContext::servers() const {
  return state_->servers;
}
const Certificate& IoContext::certificate() const {
  return state_->certificate;
}
const DtlsContext& IoContext::dtls() const {
  return state_->dtls;
}

}  // namespace rollcall::mcu::transport
