#pragma once

#include <glib.h>

#include <chrono>
#include <functional>
#include <memory>

namespace rollcall::daemon {

/// The one loop of a process, on a GLib main context. The thread that calls run() owns every object we wrote; any
/// other thread may do one thing: post(). A posted closure carries ids, not pointers, because what it speaks of may be
/// gone when it runs. Owned by main(); everything else holds a reference.
class EventLoop {
 public:
  using Task = std::function<void()>;
  using Duration = std::chrono::milliseconds;

  EventLoop();
  ~EventLoop();
  EventLoop(const EventLoop&) = delete;
  EventLoop& operator=(const EventLoop&) = delete;

  /// Any thread. Runs `task` on the loop thread, in order of posting. An own guarded queue and a wake-up: posting by
  /// g_source_attach gives ThreadSanitizer false races.
  void post(Task task);

  /// Ends with its owner: a pending timer or a watched descriptor is forgotten when this is destroyed. Loop thread.
  class [[nodiscard]] Registration {
   public:
    Registration() = default;
    Registration(Registration&& other) noexcept;
    Registration& operator=(Registration&& other) noexcept;
    ~Registration();
    void reset();
    [[nodiscard]] bool active() const;

   private:
    friend class EventLoop;
    explicit Registration(GSource* source) : source_(source) {}
    GSource* source_ = nullptr;
  };

  enum class Interest : unsigned { read = 1, write = 2, read_write = 3 };

  /// Loop thread. Once, after at least `delay`.
  Registration after(Duration delay, Task task);
  /// Loop thread. Again and again, every `period`.
  Registration every(Duration period, Task task);
  /// Loop thread. Called whenever `descriptor` is ready for what was asked, or has an error; `ready` says what for.
  Registration watch(int descriptor, Interest interest, std::function<void(Interest ready)> task);
  /// Loop thread. A Unix signal, delivered as an ordinary task.
  Registration on_signal(int number, Task task);

  /// An exception that leaves a task ends run() and is thrown from there.
  void run();
  /// Any thread.
  void quit();

  [[nodiscard]] GMainContext* context() const;
  [[nodiscard]] bool on_loop_thread() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace rollcall::daemon
