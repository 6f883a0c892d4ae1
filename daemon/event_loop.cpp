#include "daemon/event_loop.h"

#include <glib-unix.h>

#include <algorithm>
#include <atomic>
#include <deque>
#include <exception>
#include <mutex>
#include <thread>
#include <utility>

namespace rollcall::daemon {

struct EventLoop::State {
  GMainContext* context = g_main_context_new();
  GMainLoop* loop = g_main_loop_new(context, FALSE);
  GSource* posts = nullptr;
  std::atomic<std::thread::id> thread = std::this_thread::get_id();  // asked for by any thread
  std::exception_ptr failure;                                        // loop thread only

  std::mutex mutex;
  std::deque<Task> queue;  // guarded by mutex

  bool has_posts() {
    const std::lock_guard lock(mutex);
    return !queue.empty();
  }

  /// Runs `call` and keeps what it throws for run(), because no exception may cross GLib's C frames.
  template <class Call>
  void guarded(const Call& call) noexcept {
    try {
      call();
    } catch (...) {
      if (!failure) failure = std::current_exception();
      g_main_loop_quit(loop);
    }
  }

  void run_posts();
};

void EventLoop::State::run_posts() {
  std::deque<Task> batch;
  {
    const std::lock_guard lock(mutex);
    batch.swap(queue);
  }
  while (!batch.empty() && !failure) {
    const Task task = std::move(batch.front());
    batch.pop_front();
    guarded(task);
  }
  if (batch.empty()) return;
  const std::lock_guard lock(mutex);  // after a failure: the rest is for the next run()
  queue.insert(queue.begin(), std::make_move_iterator(batch.begin()), std::make_move_iterator(batch.end()));
}

namespace {

/// What GLib carries for one registration; freed by GLib when the source is gone and no call of it is under way.
template <class State, class Call>
struct Carried {
  State* state;
  Call call;

  static gboolean repeat(gpointer data) {
    auto* self = static_cast<Carried*>(data);
    self->state->guarded(self->call);
    return G_SOURCE_CONTINUE;
  }
  static gboolean once(gpointer data) {
    repeat(data);
    return G_SOURCE_REMOVE;
  }
  static void release(gpointer data) { delete static_cast<Carried*>(data); }
};

template <class State>
struct PostSource {
  GSource source;
  State* state;

  static State& state_of(GSource* source) { return *reinterpret_cast<PostSource*>(source)->state; }
  static gboolean prepare(GSource* source, gint* timeout) {
    *timeout = -1;
    return state_of(source).has_posts() ? TRUE : FALSE;
  }
  static gboolean check(GSource* source) { return state_of(source).has_posts() ? TRUE : FALSE; }
  static gboolean dispatch(GSource* source, GSourceFunc, gpointer) {
    state_of(source).run_posts();
    return G_SOURCE_CONTINUE;
  }
  static inline GSourceFuncs functions = {prepare, check, dispatch, nullptr, nullptr, nullptr};

  static GSource* attach(State& state) {
    GSource* source = g_source_new(&functions, sizeof(PostSource));
    reinterpret_cast<PostSource*>(source)->state = &state;
    g_source_attach(source, state.context);
    return source;
  }
};

GIOCondition condition_of(EventLoop::Interest interest) {
  const auto bits = static_cast<unsigned>(interest);
  unsigned condition = G_IO_ERR | G_IO_HUP;
  if ((bits & 1U) != 0) condition |= G_IO_IN;
  if ((bits & 2U) != 0) condition |= G_IO_OUT;
  return static_cast<GIOCondition>(condition);
}

/// An error or a hang-up wakes whoever waits, for whatever he waits for: his next read or write will say what it is.
EventLoop::Interest readiness(GIOCondition condition, EventLoop::Interest asked) {
  if ((condition & (G_IO_ERR | G_IO_HUP | G_IO_NVAL)) != 0) return asked;
  unsigned bits = 0;
  if ((condition & G_IO_IN) != 0) bits |= 1U;
  if ((condition & G_IO_OUT) != 0) bits |= 2U;
  return static_cast<EventLoop::Interest>(bits);
}

guint milliseconds(EventLoop::Duration duration) {
  const auto count = std::clamp<EventLoop::Duration::rep>(duration.count(), 0, G_MAXINT);
  return static_cast<guint>(count);
}

}  // namespace

EventLoop::EventLoop() : state_(std::make_unique<State>()) {
  state_->posts = PostSource<State>::attach(*state_);
}

EventLoop::~EventLoop() {
  g_source_destroy(state_->posts);
  g_source_unref(state_->posts);
  g_main_loop_unref(state_->loop);
  g_main_context_unref(state_->context);
}

void EventLoop::post(Task task) {
  {
    const std::lock_guard lock(state_->mutex);
    state_->queue.push_back(std::move(task));
  }
  g_main_context_wakeup(state_->context);
}

EventLoop::Registration::Registration(Registration&& other) noexcept : source_(std::exchange(other.source_, nullptr)) {}

EventLoop::Registration& EventLoop::Registration::operator=(Registration&& other) noexcept {
  if (this != &other) {
    reset();
    source_ = std::exchange(other.source_, nullptr);
  }
  return *this;
}

EventLoop::Registration::~Registration() {
  reset();
}

void EventLoop::Registration::reset() {
  GSource* source = std::exchange(source_, nullptr);
  if (source == nullptr) return;
  g_source_destroy(source);
  g_source_unref(source);
}

bool EventLoop::Registration::active() const {
  return source_ != nullptr && g_source_is_destroyed(source_) == FALSE;
}

EventLoop::Registration EventLoop::after(Duration delay, Task task) {
  using Timer = Carried<State, Task>;
  GSource* source = g_timeout_source_new(milliseconds(delay));
  g_source_set_callback(source, Timer::once, new Timer{state_.get(), std::move(task)}, Timer::release);
  g_source_attach(source, state_->context);
  return Registration(source);
}

EventLoop::Registration EventLoop::every(Duration period, Task task) {
  using Timer = Carried<State, Task>;
  GSource* source = g_timeout_source_new(milliseconds(period));
  g_source_set_callback(source, Timer::repeat, new Timer{state_.get(), std::move(task)}, Timer::release);
  g_source_attach(source, state_->context);
  return Registration(source);
}

EventLoop::Registration EventLoop::watch(int descriptor, Interest interest, std::function<void(Interest)> task) {
  struct Watch {
    State* state;
    Interest asked;
    std::function<void(Interest)> task;
    static gboolean ready(gint, GIOCondition condition, gpointer data) {
      auto* self = static_cast<Watch*>(data);
      self->state->guarded([&] { self->task(readiness(condition, self->asked)); });
      return G_SOURCE_CONTINUE;
    }
    static void release(gpointer data) { delete static_cast<Watch*>(data); }
  };
  GSource* source = g_unix_fd_source_new(descriptor, condition_of(interest));
  g_source_set_callback(source, G_SOURCE_FUNC(&Watch::ready), new Watch{state_.get(), interest, std::move(task)},
                        Watch::release);
  g_source_attach(source, state_->context);
  return Registration(source);
}

EventLoop::Registration EventLoop::on_signal(int number, Task task) {
  using Signal = Carried<State, Task>;
  GSource* source = g_unix_signal_source_new(number);
  g_source_set_callback(source, Signal::repeat, new Signal{state_.get(), std::move(task)}, Signal::release);
  g_source_attach(source, state_->context);
  return Registration(source);
}

void EventLoop::run() {
  state_->thread = std::this_thread::get_id();
  g_main_context_push_thread_default(state_->context);
  g_main_loop_run(state_->loop);
  g_main_context_pop_thread_default(state_->context);
  if (state_->failure) std::rethrow_exception(std::exchange(state_->failure, nullptr));
}

// By way of the queue, so that a quit() before run() is not lost, and what was posted before it still runs.
void EventLoop::quit() {
  post([state = state_.get()] { g_main_loop_quit(state->loop); });
}

GMainContext* EventLoop::context() const {
  return state_->context;
}

bool EventLoop::on_loop_thread() const {
  return state_->thread == std::this_thread::get_id();
}

}  // namespace rollcall::daemon
