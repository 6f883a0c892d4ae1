#include "daemon/web_socket_link.h"

#include <Poco/Buffer.h>
#include <Poco/Net/NetException.h>
#include <Poco/Net/WebSocket.h>
#include <sys/socket.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

namespace rollcall::daemon {

using Poco::Net::WebSocket;
using Clock = std::chrono::steady_clock;

namespace {

constexpr std::size_t most_undelivered = 64;
constexpr std::chrono::milliseconds farewell{200};
constexpr int send_timeout_seconds = 10;
constexpr int pong = static_cast<int>(WebSocket::FRAME_FLAG_FIN) | static_cast<int>(WebSocket::FRAME_OP_PONG);

/// So many at once, so many a second on average.
class Allowance {
 public:
  Allowance(double per_second, double burst) : per_second_(per_second), burst_(burst), left_(burst) {}
  bool take() {
    const auto now = Clock::now();
    left_ = std::min(burst_, left_ + per_second_ * std::chrono::duration<double>(now - last_).count());
    last_ = now;
    if (left_ < 1) return false;
    left_ -= 1;
    return true;
  }

 private:
  double per_second_;
  double burst_;
  double left_;
  Clock::time_point last_ = Clock::now();
};

struct Frame {
  std::string payload;
  int flags = WebSocket::FRAME_TEXT;
};

}  // namespace

struct WebSocketLink::Shared : std::enable_shared_from_this<Shared> {
  Shared(EventLoop& its_loop, const WebSocket& its_socket, Limits its_limits, Callbacks its_callbacks)
      : loop(its_loop), socket(its_socket), limits(its_limits), callbacks(std::move(its_callbacks)) {}

  EventLoop& loop;
  WebSocket socket;  // the reader only receives, the writer only sends
  const Limits limits;
  const Callbacks callbacks;
  bool detached = false;  // loop thread: the link is gone, or closed was said

  std::mutex mutex;
  std::condition_variable changed;
  std::deque<Frame> queue;
  std::size_t queued_bytes = 0;
  std::size_t undelivered = 0;
  bool writing = false;
  bool stopping = false;
  bool said_closed = false;

  void read();
  bool read_one(Allowance& allowance, std::string& partial);
  void write();
  std::optional<Frame> next_frame();
  void enqueue(Frame frame);
  void deliver(std::string text);
  void finish(const std::string& why);
  void stop();
};

struct WebSocketLink::Threads {
  std::thread reader;
  std::thread writer;
};

/// Any thread; the first reason counts.
void WebSocketLink::Shared::finish(const std::string& why) {
  {
    const std::lock_guard lock(mutex);
    if (std::exchange(said_closed, true)) return;
  }
  stop();
  loop.post([self = shared_from_this(), why] {
    if (!std::exchange(self->detached, true)) self->callbacks.closed(why);
  });
}

/// Any thread. Wakes both threads out of whatever they wait for.
void WebSocketLink::Shared::stop() {
  {
    const std::lock_guard lock(mutex);
    stopping = true;
  }
  changed.notify_all();
  ::shutdown(socket.impl()->sockfd(), SHUT_RDWR);
}

void WebSocketLink::Shared::read() {
  Allowance allowance(limits.texts_per_second, limits.burst);
  std::string partial;
  try {
    while (read_one(allowance, partial)) {
    }
  } catch (const Poco::Net::WebSocketException& error) {
    finish(error.code() == WebSocket::WS_ERR_PAYLOAD_TOO_BIG ? "the other side sent too much at once"
                                                             : "the other side broke the protocol");
  } catch (const Poco::Exception& error) {
    finish("the connection failed: " + error.displayText());
  } catch (const std::exception& error) {
    finish(std::string("the connection failed: ") + error.what());
  }
}

/// False: this was the last one, and why has been said.
bool WebSocketLink::Shared::read_one(Allowance& allowance, std::string& partial) {
  Poco::Buffer<char> buffer(0);
  int flags = 0;
  const int length = socket.receiveFrame(buffer, flags);
  const int operation = flags & WebSocket::FRAME_OP_BITMASK;
  if ((length <= 0 && flags == 0) || operation == WebSocket::FRAME_OP_CLOSE) {
    finish("the other side closed the connection");
    return false;
  }
  if (!allowance.take()) {
    finish("the other side sent too many messages");
    return false;
  }
  std::string payload(buffer.begin(), buffer.size());
  if (operation == WebSocket::FRAME_OP_PING) {
    enqueue({std::move(payload), pong});
    return true;
  }
  if (operation == WebSocket::FRAME_OP_PONG) return true;
  partial += payload;
  if (partial.size() > limits.text_bytes) {
    finish("the other side sent too much at once");
    return false;
  }
  if ((flags & WebSocket::FRAME_FLAG_FIN) != 0) deliver(std::exchange(partial, {}));
  return true;
}

/// Waits while the loop has not kept up, so that what is sent too fast stays in the sender's socket.
void WebSocketLink::Shared::deliver(std::string text) {
  {
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return undelivered < most_undelivered || stopping; });
    ++undelivered;
  }
  loop.post([self = shared_from_this(), text = std::move(text)]() mutable {
    {
      const std::lock_guard lock(self->mutex);
      --self->undelivered;
    }
    self->changed.notify_all();
    if (!self->detached) self->callbacks.text(std::move(text));
  });
}

void WebSocketLink::Shared::write() {
  try {
    while (const auto frame = next_frame()) {
      socket.sendFrame(frame->payload.data(), static_cast<int>(frame->payload.size()), frame->flags);
    }
  } catch (const Poco::Exception& error) {
    finish("the other side does not read: " + error.displayText());
  } catch (const std::exception& error) {
    finish(std::string("the other side does not read: ") + error.what());
  }
}

std::optional<Frame> WebSocketLink::Shared::next_frame() {
  std::unique_lock lock(mutex);
  writing = false;
  changed.notify_all();
  changed.wait(lock, [&] { return !queue.empty() || stopping; });
  if (stopping) return std::nullopt;
  Frame frame = std::move(queue.front());
  queue.pop_front();
  queued_bytes -= frame.payload.size();
  writing = true;
  return frame;
}

void WebSocketLink::Shared::enqueue(Frame frame) {
  bool full = false;
  {
    const std::lock_guard lock(mutex);
    full = queue.size() >= limits.queue_texts || queued_bytes + frame.payload.size() > limits.queue_bytes;
    if (!full) {
      queued_bytes += frame.payload.size();
      queue.push_back(std::move(frame));
    }
  }
  changed.notify_all();
  if (full) finish("the other side does not read");
}

WebSocketLink::WebSocketLink(EventLoop& loop, const WebSocket& socket, Limits limits, Callbacks callbacks)
    : shared_(std::make_shared<Shared>(loop, socket, limits, std::move(callbacks))) {
  shared_->socket.setMaxPayloadSize(static_cast<int>(limits.text_bytes));
  shared_->socket.setNoDelay(true);
  shared_->socket.setReceiveTimeout(Poco::Timespan());  // none: stop() wakes the reader
  shared_->socket.setSendTimeout(Poco::Timespan(send_timeout_seconds, 0));
  Shared* shared = shared_.get();  // the destructor joins both threads
  threads_ = std::make_unique<Threads>();
  threads_->reader = std::thread([shared] { shared->read(); });
  threads_->writer = std::thread([shared] { shared->write(); });
}

WebSocketLink::~WebSocketLink() {
  shared_->detached = true;
  {
    std::unique_lock lock(shared_->mutex);
    const auto idle = [&] { return (shared_->queue.empty() && !shared_->writing) || shared_->stopping; };
    shared_->changed.wait_for(lock, farewell, idle);
  }
  shared_->stop();
  threads_->reader.join();
  threads_->writer.join();
}

void WebSocketLink::send(std::string text) {
  shared_->enqueue({std::move(text)});
}

void WebSocketLink::close(const std::string& why) {
  shared_->finish(why);
}

}  // namespace rollcall::daemon
