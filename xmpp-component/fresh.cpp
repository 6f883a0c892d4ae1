#include "xmpp-component/fresh.h"

#include <Poco/UUID.h>
#include <Poco/UUIDGenerator.h>

namespace rollcall::component {

std::string fresh_uuid() {
  return Poco::UUIDGenerator::defaultGenerator().createRandom().toString();
}

std::string fresh_word() {
  constexpr std::size_t letters = 6;
  return fresh_uuid().substr(0, letters);
}

model::LegId fresh_leg_id() {
  return model::LegId(fresh_uuid());
}

}  // namespace rollcall::component
