// What is to be measured, from the command line of the load generator.
#pragma once

#include <string>

#include "tests/bench/rtp.h"

namespace rollcall::bench {

enum class Fault { none, churn, loss, thin, vanish, camera, resize };

struct Scenario {
  std::string clips;  ///< folder
  std::string token = "bench";
  std::string still;    ///< a file for the last picture that was judged; empty: none
  std::string answers;  ///< a FIFO: somebody else's conference; see foreign_desk.h
  int people = 4;
  int talkers = 3;
  int listeners = 0;  ///< of `people`, from the last: they send nothing
  int others = 0;     ///< of the listeners, from the last: they want the other picture codec
  bool webrtc = false;
  bool picture = false;
  bool layers = false;  ///< each picture in two sizes at once, VP8, plain legs
  bool levels = true;
  bool dtx = false;    ///< who is silent sends next to nothing
  bool quiet = false;  ///< nobody sends anything: what joining alone costs
  Packing packing = Packing::vp8;
  Fault fault = Fault::none;
  double hold = 0.5;  ///< seconds before anybody joins
  double warm = 3;    ///< seconds
  double seconds = 10;
  int rounds = 0;  ///< joins and leaves, one after the other, before everything else
};

/// Throws std::runtime_error with a sentence.
[[nodiscard]] Scenario parse(int count, char** arguments);

}  // namespace rollcall::bench
