#include "mcu/leg/rtcp_split.h"

#include <algorithm>

namespace rollcall::mcu::leg {
namespace {

using transport::Bytes;
using transport::read16;
using transport::read32;
using Owner = std::optional<std::size_t>;
using Compounds = std::map<std::size_t, std::vector<std::uint8_t>>;

enum BlockType : std::uint8_t {
  sender_report = 200,
  receiver_report = 201,
  source_description = 202,
  bye = 203,
  transport_feedback = 205,
  payload_feedback = 206
};

constexpr std::size_t header = 4;
constexpr std::size_t report_block = 24;
constexpr std::size_t sender_information = 20;
constexpr int picture_loss = 1;
constexpr int full_intra_request = 4;

/// Cuts the first block off; empty at the end and at what is broken.
Bytes next_block(Bytes& rtcp) {
  if (rtcp.size() < header || rtcp[0] >> 6 != 2) {
    return {};
  }
  const std::size_t length = 4U * (read16(&rtcp[2]) + 1U);
  if (length > rtcp.size()) {
    return {};
  }
  const auto block = rtcp.first(length);
  rtcp = rtcp.subspan(length);
  return block;
}

void append(std::vector<std::uint8_t>& to, Bytes bytes) {
  to.insert(to.end(), bytes.begin(), bytes.end());
}

void append_header(std::vector<std::uint8_t>& to, std::size_t count, std::uint8_t type, std::size_t body) {
  const auto words = body / 4;
  to.push_back(static_cast<std::uint8_t>(0x80 | count));
  to.push_back(type);
  to.push_back(static_cast<std::uint8_t>(words >> 8));
  to.push_back(static_cast<std::uint8_t>(words));
}

class Splitter {
 public:
  explicit Splitter(const SsrcOwners& owners) : owners_(owners) {}

  /// One block with its header and without padding.
  void take(Bytes block) {
    const int count = block[0] & 0x1f;
    const Bytes body = block.subspan(header);
    switch (block[1]) {
      case sender_report:
        take_report(count, body, sender_information, block[1]);
        break;
      case receiver_report:
        take_report(count, body, 0, block[1]);
        break;
      case source_description:
        take_descriptions(count, body);
        break;
      case bye:
        take_bye(count, body);
        break;
      case transport_feedback:
      case payload_feedback:
        take_feedback(count, block);
        break;
      default:
        break;  // APP and XR: nothing here uses them
    }
  }
  Compounds result() { return std::move(compounds_); }

 private:
  void take_report(int count, Bytes body, std::size_t information, std::uint8_t type) {
    const auto prefix = header + information;
    if (body.size() < prefix + static_cast<std::size_t>(count) * report_block) {
      return;
    }
    std::map<std::size_t, std::vector<std::uint8_t>> blocks;
    for (int i = 0; i < count; ++i) {
      const auto block = body.subspan(prefix + static_cast<std::size_t>(i) * report_block, report_block);
      if (const auto owner = owners_.local(read32(block.data()))) {
        append(blocks[*owner], block);
      }
    }
    const auto sender = type == sender_report ? owners_.remote(read32(body.data())) : Owner{};
    if (sender) {
      write_report(*sender, type, body.first(prefix), blocks[*sender]);
      blocks.erase(*sender);
    }
    for (const auto& [owner, reports] : blocks) {
      write_report(owner, receiver_report, body.first(header), reports);
    }
  }

  void write_report(std::size_t owner, std::uint8_t type, Bytes prefix, const std::vector<std::uint8_t>& blocks) {
    auto& out = compounds_[owner];
    append_header(out, blocks.size() / report_block, type, prefix.size() + blocks.size());
    append(out, prefix);
    append(out, blocks);
  }

  void take_descriptions(int count, Bytes body) {
    std::size_t at = 0;
    for (int i = 0; i < count && at + 4 < body.size(); ++i) {
      const auto start = at;
      at += 4;
      while (at < body.size() && body[at] != 0) {
        if (at + 1 >= body.size()) {
          return;
        }
        at += 2U + body[at + 1];
      }
      at = (at / 4 + 1) * 4;  // the terminating zero, and padding up to a word
      if (at > body.size()) {
        return;
      }
      write_single(source_description, owners_.remote(read32(&body[start])), body.subspan(start, at - start));
    }
  }

  void take_bye(int count, Bytes body) {
    for (int i = 0; i < count && body.size() >= 4U * (static_cast<unsigned>(i) + 1); ++i) {
      const auto ssrc = body.subspan(4U * static_cast<unsigned>(i), 4);
      write_single(bye, owners_.remote(read32(ssrc.data())), ssrc);
    }
  }

  void write_single(std::uint8_t type, Owner owner, Bytes body) {
    if (owner) {
      append_header(compounds_[*owner], 1, type, body.size());
      append(compounds_[*owner], body);
    }
  }

  void take_feedback(int format, Bytes block) {
    if (block.size() < header + 8) {
      return;
    }
    auto owner = owners_.local(read32(&block[header + 4]));
    // RFC 5104 §4.3.1: a full intra request names its media in each entry, not in the header.
    if (!owner && block[1] == payload_feedback && format == full_intra_request && block.size() >= header + 12) {
      owner = owners_.local(read32(&block[header + 8]));
    }
    if (owner) {
      append(compounds_[*owner], block);
    }
  }

  const SsrcOwners& owners_;
  Compounds compounds_;
};

}  // namespace

Compounds split_compound(Bytes rtcp, const SsrcOwners& owners) {
  Splitter splitter(owners);
  for (auto block = next_block(rtcp); !block.empty(); block = next_block(rtcp)) {
    // Padding (last block only, RFC 3550 §6.4.1) would have to be rewritten; nobody we know sends it.
    const bool padded = (block[0] & 0x20) != 0;
    if (!padded && block.size() >= header + 4) {
      splitter.take(block);
    }
  }
  return splitter.result();
}

bool asks_for_key_frame(Bytes rtcp) {
  for (auto block = next_block(rtcp); !block.empty(); block = next_block(rtcp)) {
    const int format = block[0] & 0x1f;
    if (block[1] == payload_feedback && (format == picture_loss || format == full_intra_request)) {
      return true;
    }
  }
  return false;
}

std::vector<std::uint8_t> make_remb(std::uint32_t our_ssrc, std::uint32_t their_ssrc, std::uint64_t bits_per_second) {
  std::vector<std::uint8_t> out;
  const auto append32 = [&out](std::uint32_t value) {
    for (int shift = 24; shift >= 0; shift -= 8) {
      out.push_back(static_cast<std::uint8_t>(value >> shift));
    }
  };
  append_header(out, 0, receiver_report, 4);
  append32(our_ssrc);
  append_header(out, 15, payload_feedback, 20);
  append32(our_ssrc);
  append32(0);
  out.insert(out.end(), {'R', 'E', 'M', 'B'});
  unsigned exponent = 0;
  while (bits_per_second >> exponent >= 1U << 18) {
    ++exponent;
  }
  append32(1U << 24 | exponent << 18 | static_cast<std::uint32_t>(bits_per_second >> exponent));
  append32(their_ssrc);
  return out;
}

}  // namespace rollcall::mcu::leg
