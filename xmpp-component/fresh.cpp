#include "xmpp-component/fresh.h"

#include <Poco/RandomStream.h>
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

std::string fresh_digits() {
  constexpr int most = 6;
  constexpr unsigned char fair = 250;  // what is above would favour some digits
  Poco::RandomInputStream entropy;
  std::string digits;
  while (digits.size() < most) {
    const auto byte = static_cast<unsigned char>(entropy.get());
    if (byte < fair) digits += static_cast<char>('0' + byte % 10);
  }
  return digits;
}

model::LegId fresh_leg_id() {
  return model::LegId(fresh_uuid());
}

}  // namespace rollcall::component
