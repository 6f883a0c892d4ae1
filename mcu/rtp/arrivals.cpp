#include "mcu/rtp/arrivals.h"

#include <algorithm>
#include <limits>

namespace rollcall::mcu::rtp {
namespace {

enum class Symbol : std::uint8_t { lost = 0, small = 1, large = 2, reserved = 3 };

constexpr std::int64_t ticks_per_reference = 256;  // 64 ms in steps of 250 µs
constexpr std::size_t one_bit_symbols = 14;
constexpr std::size_t two_bit_symbols = 7;
constexpr std::size_t longest_run = 0x1fff;

std::size_t delta_bytes(Symbol symbol) {
  switch (symbol) {
    case Symbol::small:
      return 1;
    case Symbol::large:
      return 2;
    case Symbol::lost:
    case Symbol::reserved:
      return 0;
  }
  return 0;
}

/// The packets of one chunk (§3.1.3, §3.1.4), as many as `left` at most.
template <class Visit>
std::size_t for_each_symbol(std::uint16_t chunk, std::size_t left, Visit visit) {
  const bool vector = (chunk & 0x8000) != 0;
  const bool two_bits = (chunk & 0x4000) != 0;
  const std::size_t count = std::min<std::size_t>(
      left, vector ? (two_bits ? two_bit_symbols : one_bit_symbols) : std::size_t{chunk & 0x1fffU});
  for (std::size_t i = 0; i < count; ++i) {
    if (!vector) {
      visit(static_cast<Symbol>(chunk >> 13 & 3));
    } else if (two_bits) {
      visit(static_cast<Symbol>(chunk >> (2 * (two_bit_symbols - 1 - i)) & 3));
    } else {
      visit(static_cast<Symbol>(chunk >> (one_bit_symbols - 1 - i) & 1));
    }
  }
  return count;
}

/// Where the deltas begin; nothing if the chunks tell of fewer packets than counted, or none (a run of 0 for ever).
std::optional<std::size_t> chunks_length(const TransportFeedback& feedback) {
  const Bytes list = feedback.chunks_and_deltas;
  std::size_t at = 0;
  for (std::size_t left = feedback.count; left > 0; at += 2) {
    if (list.size() - at < 2) {
      return std::nullopt;
    }
    left -= for_each_symbol(read16(&list[at]), left, [](Symbol) {});
  }
  return at;
}

/// Which symbol, and so how many bytes, tells this step; nothing if it is too large for any.
std::optional<Symbol> symbol_of(std::int64_t delta) {
  if (delta >= 0 && delta <= 0xff) {
    return Symbol::small;
  }
  const bool fits =
      delta >= std::numeric_limits<std::int16_t>::min() && delta <= std::numeric_limits<std::int16_t>::max();
  return fits ? std::optional(Symbol::large) : std::nullopt;
}

/// Chunks for a list of symbols: runs where they are long, vectors else.
class ChunkWriter {
 public:
  explicit ChunkWriter(std::vector<std::uint8_t>& out) : out_(out) {}

  void write(std::span<const Symbol> symbols) {
    while (!symbols.empty()) {
      symbols = symbols.subspan(write_chunk(symbols));
    }
  }

 private:
  std::size_t write_chunk(std::span<const Symbol> symbols) {
    const auto other = std::find_if(symbols.begin(), symbols.end(), [&](Symbol s) { return s != symbols[0]; });
    const auto run = std::min(static_cast<std::size_t>(other - symbols.begin()), longest_run);
    if (run > two_bit_symbols || run == symbols.size()) {
      append(static_cast<unsigned>(symbols[0]) << 13 | static_cast<unsigned>(run));
      return run;
    }
    const auto count = std::min(symbols.size(), one_bit_symbols);
    const bool narrow = std::none_of(symbols.begin(), symbols.begin() + static_cast<std::ptrdiff_t>(count),
                                     [](Symbol s) { return s == Symbol::large; });
    return narrow ? write_vector(symbols.first(count), 1)
                  : write_vector(symbols.first(std::min(count, two_bit_symbols)), 2);
  }

  std::size_t write_vector(std::span<const Symbol> symbols, unsigned bits) {
    unsigned chunk = 0;
    const auto slots = bits == 1 ? one_bit_symbols : two_bit_symbols;
    for (std::size_t i = 0; i < slots; ++i) {
      chunk = chunk << bits | (i < symbols.size() ? static_cast<unsigned>(symbols[i]) : 0);
    }
    append(0x8000 | (bits == 2 ? 0x4000U : 0) | chunk);
    return symbols.size();
  }

  void append(unsigned chunk) {
    out_.push_back(static_cast<std::uint8_t>(chunk >> 8));
    out_.push_back(static_cast<std::uint8_t>(chunk));
  }

  std::vector<std::uint8_t>& out_;
};

std::int64_t floor_divided(std::int64_t value, std::int64_t by) {
  return value / by - (value % by < 0 ? 1 : 0);
}

struct Steps {
  std::vector<Symbol> symbols = {};
  std::vector<std::int16_t> deltas = {};
};

/// As many arrivals as can be told of, ending with one that has a time.
Steps fitting_steps(std::span<const Arrival> arrivals, std::int64_t last, std::size_t most_bytes) {
  Steps steps;
  std::size_t delta_length = 0;
  for (const auto& [sequence, time] : arrivals.first(std::min<std::size_t>(arrivals.size(), 0xffff))) {
    const auto delta = time ? time->count() - last : 0;
    const auto symbol = time ? symbol_of(delta) : std::optional(Symbol::lost);
    // A chunk but the last one holds seven packets at least, so this is never less than what is written.
    const auto chunks = (steps.symbols.size() + two_bit_symbols) / two_bit_symbols;
    if (!symbol || delta_length + delta_bytes(*symbol) + 2 * chunks > most_bytes) {
      break;
    }
    delta_length += delta_bytes(*symbol);
    steps.symbols.push_back(*symbol);
    if (time) {
      steps.deltas.push_back(static_cast<std::int16_t>(delta));
      last = time->count();
    }
  }
  while (!steps.symbols.empty() && steps.symbols.back() == Symbol::lost) {
    steps.symbols.pop_back();
  }
  return steps;
}

}  // namespace

bool read_arrivals(const TransportFeedback& feedback,
                   FunctionRef<void(std::uint16_t sequence, std::optional<ArrivalTime> arrival)> visit) {
  const Bytes list = feedback.chunks_and_deltas;
  const auto deltas = chunks_length(feedback);
  if (!deltas) {
    return false;
  }
  auto time = ArrivalTime(feedback.reference_time * ticks_per_reference);
  auto sequence = feedback.base_sequence;
  std::size_t delta_at = *deltas;
  bool broken = false;
  const auto take = [&](Symbol symbol) {
    const auto width = delta_bytes(symbol);
    broken = broken || symbol == Symbol::reserved || list.size() - delta_at < width;
    if (broken) {
      return;
    }
    if (width > 0) {
      time += ArrivalTime(width == 1 ? list[delta_at] : static_cast<std::int16_t>(read16(&list[delta_at])));
      delta_at += width;
    }
    visit(sequence++, width > 0 ? std::optional(time) : std::nullopt);
  };
  std::size_t left = feedback.count;
  for (std::size_t at = 0; at < *deltas && !broken; at += 2) {
    left -= for_each_symbol(read16(&list[at]), left, take);
  }
  return !broken;
}

std::size_t write_arrivals(std::span<const Arrival> arrivals, std::size_t most_bytes, TransportFeedback& feedback,
                           std::vector<std::uint8_t>& bytes) {
  bytes.clear();
  const auto first =
      std::find_if(arrivals.begin(), arrivals.end(), [](const Arrival& a) { return a.time.has_value(); });
  if (first == arrivals.end()) {
    return 0;
  }
  const auto reference = floor_divided(first->time->count(), ticks_per_reference);
  const auto steps = fitting_steps(arrivals, reference * ticks_per_reference, most_bytes);
  ChunkWriter(bytes).write(steps.symbols);
  for (const auto delta : steps.deltas) {
    if (delta < 0 || delta > 0xff) {
      bytes.push_back(static_cast<std::uint8_t>(static_cast<std::uint16_t>(delta) >> 8));
    }
    bytes.push_back(static_cast<std::uint8_t>(delta));
  }
  feedback.base_sequence = static_cast<std::uint16_t>(arrivals[0].sequence);
  feedback.count = static_cast<std::uint16_t>(steps.symbols.size());
  feedback.reference_time = static_cast<std::int32_t>(reference << 40 >> 40);  // 24 bits with sign
  feedback.chunks_and_deltas = bytes;
  return steps.symbols.size();
}

}  // namespace rollcall::mcu::rtp
