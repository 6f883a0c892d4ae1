// Whatever anybody sends to the SIP door is read as a message, with its body, or refused.
#include <sofia-sip/msg.h>
#include <sofia-sip/msg_mclass.h>
#include <sofia-sip/sip_parser.h>
#include <sofia-sip/sip_protos.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "sip/dialog/request.h"
#include "sip/media.h"

namespace {

namespace dialog = rollcall::sip::dialog;

void read(const sip_t* sip) {
  (void)dialog::keys_of(sip);
  (void)dialog::wants_picture(sip);
  (void)dialog::credentials(sip, "user", "password");
  if (const auto sdp = dialog::sdp_of(sip)) {
    std::vector<std::string> mids;
    (void)rollcall::sip::read_media(*sdp, mids, rollcall::sip::Protection::required, true);
    (void)rollcall::sip::read_media(*sdp, mids, rollcall::sip::Protection::any, false);
  }
  if (sip->sip_request != nullptr) (void)dialog::invite_of(sip);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  msg_t* message = msg_make(sip_default_mclass(), 0, data, static_cast<ssize_t>(size));
  if (message == nullptr) return 0;
  if (const sip_t* sip = sip_object(message)) read(sip);
  msg_destroy(message);
  return 0;
}
