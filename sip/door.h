#pragma once

#include <chrono>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "allocator/control/codec.h"
#include "sdp/sdp.h"
#include "sip/allocator.h"
#include "sip/call_records.h"
#include "sip/dialog/signalling.h"
#include "sip/entrance.h"
#include "sip/gateways/gateway.h"
#include "sip/media.h"

namespace rollcall::sip {

/// The SIP door: calls in, control messages out, and back. Holds the calls and the state of the gateways. No socket, no
/// clock: time is an argument. One per process, owned by main(); loop thread.
class Door {
 public:
  using Time = limits::Time;
  struct Settings {
    std::size_t most_calls = 200;
    std::chrono::seconds ring_for{60};
    std::chrono::seconds answer_within{15};              ///< a call that waits for the allocator
    bool plain_accounts = false;                         ///< accounts may come without encryption
    std::function<void(const CallRecord&)> record = {};  ///< of each call that is over
  };

  Door(Allocator& allocator, dialog::Signalling& signalling, Settings settings, Entrance::Settings entrance,
       std::vector<gateways::Record> gateways);

  // From SIP.
  void invited(const dialog::Invite& invite, Time now);
  void offered(dialog::CallNumber number, const std::optional<std::string>& sdp);
  void ringing(dialog::CallNumber number);
  void answered(dialog::CallNumber number, const std::string& sdp, Time now);
  void failed(dialog::CallNumber number, int status, const std::string& phrase, Time now);
  void offer_refused(dialog::CallNumber number, int status);
  void ended(dialog::CallNumber number, Time now);
  void keys(dialog::CallNumber number, const std::string& digits);
  void picture_wanted(dialog::CallNumber number);
  void registered(const std::string& gateway, bool up, int status);

  // From the allocator.
  void take(const control::CallDial& dial, Time now, control::Responder responder);
  void take(const control::CallOffer& offer, control::Responder responder);
  void take(const control::CallHangup& hangup, Time now);

  /// Once a second.
  void tick(Time now);

  // For the hello.
  [[nodiscard]] std::vector<model::LegId> legs() const;
  [[nodiscard]] std::vector<model::Gateway> gateways() const;

 private:
  struct Call {
    dialog::CallNumber number = 0;
    model::LegId leg = {};     ///< empty: the allocator has not answered yet
    std::string gateway = {};  ///< empty: none
    Protection protection = Protection::required;
    bool secure = false;                     ///< its signalling is encrypted
    bool up = false;                         ///< answered
    std::optional<sdp::Session> offer = {};  ///< theirs, that waits for our answer
    std::vector<std::string> mids = {};
    std::string our_sdp = {};
    bool repeated = false;  ///< what holds was offered again; their answer follows
    std::uint64_t version = 0;
    Time since = {};
    Time begun = {};
    Time answered = {};
    bool outgoing = false;
    std::string party = {};                            ///< the other side's number or address
    std::optional<control::Responder> responder = {};  ///< of a CallOffer that waits for their answer
    // A call of ours that is not answered:
    std::optional<control::CallDial> dial = {};
    std::deque<std::string> next_gateways = {};
  };

  void arrived(Call call, const dialog::Invite& invite, const std::string& account, Time now);
  void admitted(dialog::CallNumber number, model::Expected<control::CallArrived::Result> result, Time now);
  void changed(dialog::CallNumber number, const sdp::Session& offer,
               const model::Expected<control::CallOffer::Result>& result);
  void refuse(const dialog::Invite& invite, const model::Refusal& refusal);
  [[nodiscard]] model::Expected<void> dial_next(Call call, Time now);
  void fail(const Call& call, int status, const std::string& phrase, Time now);
  void record(const Call& call, std::string_view cause, int status, Time now) const;
  [[nodiscard]] std::string write(Call& call, const model::MediaDescription& ours);
  [[nodiscard]] std::size_t calls_through(const std::string& gateway) const;
  [[nodiscard]] gateways::Record* find_gateway(const std::string& name);
  [[nodiscard]] Call* find(dialog::CallNumber number);
  [[nodiscard]] Call* find(const model::LegId& leg);
  void forget(dialog::CallNumber number, std::string_view cause, Time now);

  Allocator& allocator_;
  dialog::Signalling& signalling_;
  Settings settings_;
  Entrance entrance_;
  std::vector<gateways::Record> gateways_;
  std::map<dialog::CallNumber, Call> calls_;
  Time quiet_until_ = {};  ///< so that a flood of strangers is no flood of log lines
};

}  // namespace rollcall::sip
