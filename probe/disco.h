// What the probe says that it can do: XEP-0030, XEP-0115.
#pragma once

#include <string>
#include <vector>

#include "probe/stanza.h"

namespace rollcall::probe {

struct Identity {
  std::string category;
  std::string type;
  std::string name;
};

/// The verification string of XEP-0115, section 5.1, without forms.
[[nodiscard]] std::string caps_hash(const Identity& identity, std::vector<std::string> features);

/// One client's abilities; who cannot bundle (as Dino) does not advertise grouping.
class Disco {
 public:
  explicit Disco(bool bundle);

  /// The `<c/>` for our presence.
  [[nodiscard]] Stanza caps() const;
  /// The answer to a disco#info query on our address; the node is echoed.
  [[nodiscard]] Stanza info(const std::string& node) const;

 private:
  Identity identity_;
  std::vector<std::string> features_;
};

}  // namespace rollcall::probe
