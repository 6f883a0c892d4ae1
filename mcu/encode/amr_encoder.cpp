#include "mcu/encode/amr_encoder.h"

#include <opencore-amrnb/interf_enc.h>
#include <vo-amrwbenc/enc_if.h>

#include <cassert>
#include <stdexcept>

namespace rollcall::mcu::encode {
namespace {

constexpr int wide_mode = 2;             // 12.65 kbit/s, the best that every mobile network has
constexpr std::uint8_t any_mode = 0xf0;  // what we would rather be sent: all the same to us
constexpr std::size_t longest_frame = 64;

}  // namespace

AmrEncoder::AmrEncoder(bool wide) : wide_(wide) {
  open();
}

AmrEncoder::~AmrEncoder() {
  close();
}

void AmrEncoder::open() {
  state_ = wide_ ? E_IF_init() : Encoder_Interface_init(0);
  if (state_ == nullptr) throw std::runtime_error("there is no AMR encoder");
}

void AmrEncoder::close() {
  wide_ ? E_IF_exit(state_) : Encoder_Interface_exit(state_);
}

void AmrEncoder::reset() {
  close();
  open();
}

/// What the libraries give begins with the table entry of RFC 4867 §4.4.2 as it is.
void AmrEncoder::encode(std::span<const std::int16_t> samples, std::vector<std::uint8_t>& payload) {
  assert(samples.size() == (wide_ ? 320U : 160U));
  payload.resize(1 + longest_frame);
  payload[0] = any_mode;
  const int length = wide_ ? E_IF_encode(state_, wide_mode, samples.data(), payload.data() + 1, 0)
                           : Encoder_Interface_Encode(state_, MR122, samples.data(), payload.data() + 1, 0);
  payload.resize(1 + static_cast<std::size_t>(length));
}

}  // namespace rollcall::mcu::encode
