#pragma once

#include <functional>
#include <memory>
#include <utility>

namespace rollcall::mcu::conference {

/// Posts tasks to the loop thread for one owner, which are dropped if the owner has gone by the time they would run.
/// A member of its owner. post() on any thread while the owner lives; made and deleted on the loop thread.
class GuardedPost {
 public:
  using Post = std::function<void(std::function<void()>)>;

  explicit GuardedPost(Post post) : post_(std::move(post)) {}
  GuardedPost(const GuardedPost&) = delete;
  GuardedPost& operator=(const GuardedPost&) = delete;

  void operator()(std::function<void()> task) const {
    post_([owner = std::weak_ptr<const bool>(owner_), task = std::move(task)] {
      if (!owner.expired()) task();
    });
  }

 private:
  Post post_;
  std::shared_ptr<const bool> owner_ = std::make_shared<const bool>(true);
};

}  // namespace rollcall::mcu::conference
