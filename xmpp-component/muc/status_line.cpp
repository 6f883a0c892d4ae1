#include "xmpp-component/muc/status_line.h"

#include <utility>

namespace rollcall::component::muc {

void StatusLine::set(std::string text, bool running) {
  text_ = std::move(text);
  running_ = running;
}

std::optional<StatusLine::Saying> StatusLine::due(Time now, const std::string& id) {
  if (text_.empty() || text_ == said_) return std::nullopt;
  if (said_at_ && now - *said_at_ < between_lines) return std::nullopt;
  const bool begins = running_ && !was_running_;
  const bool is_stale = !is_last_ && said_at_ && now - *said_at_ >= stale_after;
  if (begins && is_stale) id_.clear();
  Saying saying{text_, id_};
  if (id_.empty()) id_ = id;
  said_ = text_;
  was_running_ = running_;
  is_last_ = true;
  said_at_ = now;
  return saying;
}

}  // namespace rollcall::component::muc
