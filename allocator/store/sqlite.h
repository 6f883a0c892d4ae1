#pragma once

#include <memory>
#include <string>
#include <vector>

#include "allocator/model/records.h"

namespace rollcall::store {

/// One SQLite database: its tables, what is written to them and read from them. Not for two threads at a time.
class Sqlite {
 public:
  /// A path, or `:memory:`. Throws StoreError.
  explicit Sqlite(const std::string& path);
  ~Sqlite();

  /// In one transaction. Throws StoreError; then nothing was written.
  void write(const std::vector<model::Write>& writes);
  [[nodiscard]] model::Records load();

 private:
  struct Session;
  std::unique_ptr<Session> session_;
};

}  // namespace rollcall::store
