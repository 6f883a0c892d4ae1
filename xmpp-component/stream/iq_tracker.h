#pragma once

#include <gloox/tag.h>

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "allocator/model/expected.h"
#include "xmpp-component/stream/scheduler.h"

namespace rollcall::component::stream {

/// The questions that we asked and that nobody has answered yet. An answer counts only from the address that was asked
/// (gloox goes by the id alone, so that anybody can answer for anybody). Owned by Stream, loop thread.
class IqTracker {
 public:
  using Done = std::function<void(model::Expected<const gloox::Tag*>)>;

  explicit IqTracker(Scheduler& scheduler) : scheduler_(scheduler) {}

  /// Gives `iq` an id that nobody can guess and waits for its answer.
  void add(gloox::Tag& iq, Scheduler::Duration timeout, Done done);
  /// An iq of type result or error. False when it answers nothing that we asked.
  bool answered(const gloox::Tag& iq);
  /// Refuses one question, or all that are open; used when the connection is lost.
  void refuse(const gloox::Tag& iq, model::Reason reason);
  void refuse_all(model::Reason reason);
  [[nodiscard]] std::size_t open() const { return open_.size(); }

 private:
  using Key = std::pair<std::string, std::string>;  // address asked, id
  struct Question {
    Done done;
    std::unique_ptr<Scheduler::Timer> timeout;
  };
  void refuse(const Key& key, model::Reason reason);

  Scheduler& scheduler_;
  std::map<Key, Question> open_;
};

}  // namespace rollcall::component::stream
