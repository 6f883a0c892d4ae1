#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "mcu/layout/layouts.h"

namespace rollcall::mcu::layout {

/// Who has which tile. A value that is told what happens in a conference and changes as little as it can:
///  - whoever joins takes the last tile; whoever leaves is followed by the one in the last tile, and nobody else moves,
///    as long as the tiles themselves stay. Where they change, all are put in the order of joining anew;
///  - a new speaker changes places with whoever has the large tile; a grid does not move at all;
///  - of more people than tiles those stay who spoke last; a hidden one who speaks takes exactly the tile of the one
///  who
///    was silent the longest.
class Arrangement {
 public:
  struct Shown {
    std::string id;
    Tile tile = {};
    Fit fit = Fit::fill;
    bool operator==(const Shown&) const = default;
  };

  explicit Arrangement(Size canvas) : canvas_(canvas) {}

  /// `id` is new.
  void join(const std::string& id);
  /// No effect for an id that is not here; so for spoke().
  void leave(const std::string& id);
  void spoke(const std::string& id);
  void set_layout(Layout layout);
  /// Who has the large tile (in a grid: is shown in any case), whoever speaks; empty: the speaker. An id that is not
  /// here counts from the moment it joins, until somebody else is named or it leaves.
  void set_spotlight(const std::string& id);
  /// Whose picture is a screen; empty: nobody's. Otherwise as set_spotlight().
  void set_presentation(const std::string& id);

  /// In the order of the tiles: the large one first.
  [[nodiscard]] const std::vector<Shown>& shown() const { return shown_; }
  /// What is shown now, never `automatic`.
  [[nodiscard]] Layout layout() const { return layout_; }
  [[nodiscard]] const std::string& presentation() const { return presentation_; }

 private:
  struct Member {
    std::string id;
    std::uint64_t spoke = 0;  ///< counts; 0: never
  };
  void arrange();
  [[nodiscard]] const Member* find(const std::string& id) const;
  [[nodiscard]] std::string large() const;
  [[nodiscard]] std::vector<std::string> chosen(std::size_t count, const std::string& large) const;
  [[nodiscard]] std::vector<std::string> with_few_moves(const std::vector<std::string>& chosen,
                                                        const std::string& large) const;

  Size canvas_;
  Layout wanted_ = Layout::automatic;
  Layout layout_ = Layout::grid;
  std::string spotlight_;
  std::string presentation_;
  std::uint64_t spoken_ = 0;
  std::vector<Member> members_;  ///< in order of joining
  std::vector<Shown> shown_;
};

}  // namespace rollcall::mcu::layout
