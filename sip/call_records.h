// What is kept of a call when it is over, for bills and complaints.
#pragma once

#include <string>

#include "sip/limits/digest.h"

namespace rollcall::sip {

struct CallRecord {
  std::string leg = {};
  std::string gateway = {};  ///< empty: an account's call
  bool outgoing = false;
  std::string party = {};  ///< the number or address of the other side
  limits::Time begun = {};
  limits::Time answered = {};  ///< the epoch: never
  limits::Time ended = {};
  std::string cause = {};  ///< "hung-up", "busy"
  int status = 0;          ///< of SIP, where a call of ours came to nothing; 0: nobody answered
};

/// One line of JSON, without its end.
[[nodiscard]] std::string to_line(const CallRecord& record);

/// The file of them, for nobody's eyes but the operator's. Owned by main(); loop thread.
class CallRecords {
 public:
  /// `file`: empty: none is kept.
  explicit CallRecords(std::string file) : file_(std::move(file)) {}
  /// The file is opened for each, so that it may be rotated at any time. One that cannot be written is logged.
  void add(const CallRecord& record) const;

 private:
  std::string file_;
};

}  // namespace rollcall::sip
