#include "allocator/pool/transcript.h"

#include <Poco/JSON/Object.h>

#include <stdexcept>

namespace rollcall::pool {

Transcript::Transcript(const std::string& path) {
  if (path.empty()) return;
  file_.open(path, std::ios::app);
  if (!file_) throw std::runtime_error("control.transcript: " + path + " cannot be written");
}

void Transcript::write(std::string_view direction, const std::string& peer, const std::string& text) {
  if (!enabled()) return;
  Poco::JSON::Object line(Poco::JSON_PRESERVE_KEY_ORDER);
  line.set("direction", std::string(direction));
  line.set("peer", peer);
  line.set("text", text);
  line.stringify(file_);
  file_ << std::endl;  // a test reads it while we run
}

}  // namespace rollcall::pool
