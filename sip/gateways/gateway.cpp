#include "sip/gateways/gateway.h"

#include <algorithm>
#include <charconv>

namespace rollcall::sip::gateways {
namespace {

using model::CommunicationMode;
using model::Reason;
using model::refuse;

constexpr std::size_t longest_number = 32;
constexpr std::size_t longest_address = 255;

bool is_number_mode(CommunicationMode mode) {
  switch (mode) {
    case CommunicationMode::pstn:
    case CommunicationMode::cellular:
    case CommunicationMode::isdn:
    case CommunicationMode::atm:
      return true;
    case CommunicationMode::computer:
    case CommunicationMode::gateway:
    case CommunicationMode::video_conferencing_standard:
      return false;
  }
  __builtin_unreachable();
}

bool only(std::string_view text, std::string_view letters) {
  return !text.empty() && text.find_first_not_of(letters) == std::string_view::npos;
}

constexpr std::string_view number_letters = "0123456789*#+";
/// Nothing that could continue a URI with parameters or headers.
constexpr std::string_view address_letters =
    "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_.!~*'+=&,$%#@:[]^";

std::string_view without_scheme(std::string_view address) {
  for (const std::string_view scheme : {"tel:", "sips:", "sip:", "h323:"}) {
    if (address.starts_with(scheme)) return address.substr(scheme.size());
  }
  return address;
}

struct Dialled {
  std::string_view number;
  std::string_view sub_address;
};

model::Expected<Dialled> dialled(CommunicationMode mode, std::string_view address) {
  const auto plain = without_scheme(address);
  const auto mark = plain.rfind('^');
  const Dialled parts{plain.substr(0, mark), mark == std::string_view::npos ? "" : plain.substr(mark + 1)};
  const bool number = is_number_mode(mode);
  const bool fits = only(parts.number, number ? number_letters : address_letters) &&
                    plain.size() <= (number ? longest_number : longest_address) &&
                    (mark == std::string_view::npos || only(parts.sub_address, number_letters));
  if (!fits) return refuse(Reason::bad_address, std::string(address.substr(0, longest_address)));
  return parts;
}

std::string prefix_for(const Record& record, int kbit) {
  for (const auto& [rate, prefix] : record.prefixes) {
    if (rate >= kbit) return prefix;
  }
  return record.prefixes.empty() ? std::string() : record.prefixes.back().second;
}

void replace_all(std::string& text, std::string_view word, std::string_view by) {
  for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at + by.size())) {
    text.replace(at, word.size(), by);
  }
}

/// In the user part of a URI a `#` is written `%23` (RFC 3261 §25.1).
std::string escaped(std::string text) {
  replace_all(text, "#", "%23");
  return text;
}

std::string_view transport_of(Carrier carrier) {
  switch (carrier) {
    case Carrier::udp:
      return "";
    case Carrier::tcp:
      return ";transport=tcp";
    case Carrier::tls:
      return ";transport=tls";
  }
  __builtin_unreachable();
}

}  // namespace

model::Expected<std::string> dial_uri(const Record& record, std::string_view address, int kbit) {
  const auto parts = dialled(record.shown.mode, address);
  if (!parts) return tl::unexpected(parts.error());
  if (!model::fits(record.shown.allowed, without_scheme(address)) && !model::fits(record.shown.allowed, address)) {
    return refuse(Reason::not_allowed, std::string(address));
  }
  std::string user = record.dial;
  const bool names_sub_address = user.find("{tcs4}") != std::string::npos;
  std::string number(parts->number);
  std::string sub_address;
  if (!parts->sub_address.empty()) sub_address = record.tcs4_mark + std::string(parts->sub_address);
  if (!names_sub_address) number += sub_address;
  const auto national = number.starts_with('+') ? number.substr(1) : number;
  replace_all(user, "{prefix}", prefix_for(record, kbit));
  replace_all(user, "{tcs4}", escaped(sub_address));
  replace_all(user, "{national}", escaped(national));
  replace_all(user, "{number}", escaped(number));
  replace_all(user, "{host}", record.host);
  return "sip:" + user + std::string(transport_of(record.carrier));
}

std::string host_uri(const Record& record) {
  return "sip:" + record.host + std::string(transport_of(record.carrier));
}

model::Expected<std::pair<int, std::string>> parse_prefix(std::string_view text) {
  const auto colon = text.find(':');
  int rate = 0;
  const auto* const end = text.data() + std::min(colon, text.size());
  const auto parsed = std::from_chars(text.data(), end, rate);
  const bool fits = colon != std::string_view::npos && parsed.ec == std::errc() && parsed.ptr == end && rate >= 0 &&
                    only(text.substr(colon + 1), number_letters);
  if (!fits) return refuse(Reason::bad_request, std::string(text) + " is no prefix by rate, such as 128:82");
  return std::pair{rate, std::string(text.substr(colon + 1))};
}

model::LegProfile codec_profile(std::string_view word, model::LegSecurity security, int video_kbit) {
  model::LegProfile profile{.bundle = false, .video = video_kbit > 0 && word != "voice", .security = security};
  if (profile.video) profile.video_kbit = profile.receive_kbit = video_kbit;
  if (word == "room" || word == "soft") {
    profile.sound = {"opus", "G722", "PCMA", "PCMU"};
  } else if (word == "h320") {
    profile.sound = {"G722", "PCMA", "PCMU"};
  } else if (word == "cellular") {
    profile.sound = {"AMR-WB", "AMR", "PCMA", "PCMU"};
  } else {
    profile.sound = {"PCMA", "PCMU", "G722"};
  }
  if (!profile.video) return profile;
  if (word == "soft") {
    profile.picture = {"VP8", "H264"};
  } else if (word == "cellular") {
    profile.picture = {"H264", "H263-1998", "H263"};
  } else if (word == "h320") {
    profile.picture = {"H263-1998", "H263", "H261"};
  } else {
    profile.picture = {"H264", "VP8"};
  }
  return profile;
}

const Record* from_address(const std::vector<Record>& records, std::string_view ip) {
  const auto found = std::ranges::find_if(records, [&](const Record& record) {
    return std::ranges::find(record.inbound_from, ip) != record.inbound_from.end();
  });
  return found == records.end() ? nullptr : &*found;
}

}  // namespace rollcall::sip::gateways
