// Which row is which value.
#pragma once

#include "allocator/model/records.h"

namespace Poco::Data {
class Session;
}

namespace rollcall::store {

void write_row(Poco::Data::Session& session, const model::Write& write);
void write_modes(Poco::Data::Session& session, const model::SaveModes& write);
[[nodiscard]] std::vector<model::SaveModes> read_modes(Poco::Data::Session& session);
[[nodiscard]] model::Records read_rows(Poco::Data::Session& session);

}  // namespace rollcall::store
