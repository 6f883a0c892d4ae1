// A play in the allocator's place: it notes what it was asked and answers when the test says so.
#pragma once

#include <utility>
#include <vector>

#include "web/allocator.h"

namespace rollcall::web {

class FakeAllocator : public Allocator {
 public:
  [[nodiscard]] bool is_connected() const override { return connected; }
  void request(const control::LinkResolve& request, Done<control::LinkResolve> done) override {
    resolves.emplace_back(request, std::move(done));
  }
  void request(const control::CallIncoming& request, Done<control::CallIncoming> done) override {
    if (join_refusal) return done(tl::unexpected(*join_refusal));
    if (answers_at_once) return done(control::CallIncoming::Result{model::LegId("leg-1"), request.offer});
    joins.emplace_back(request, std::move(done));
  }
  void request(const control::CallOffer& request, Done<control::CallOffer> done) override {
    offers.emplace_back(request, std::move(done));
  }
  void notify(const control::CallCandidate& notification) override { candidates.push_back(notification); }
  void notify(const control::CallMute& notification) override { mutes.push_back(notification); }
  void notify(const control::CallHangup& notification) override { hangups.push_back(notification); }

  bool connected = true;
  bool answers_at_once = false;
  std::optional<model::Refusal> join_refusal = {};
  std::vector<std::pair<control::LinkResolve, Done<control::LinkResolve>>> resolves = {};
  std::vector<std::pair<control::CallIncoming, Done<control::CallIncoming>>> joins = {};
  std::vector<std::pair<control::CallOffer, Done<control::CallOffer>>> offers = {};
  std::vector<control::CallCandidate> candidates = {};
  std::vector<control::CallMute> mutes = {};
  std::vector<control::CallHangup> hangups = {};
};

/// As JSON text holds it.
inline std::string as_json(const std::string& text) {
  std::string out = "\"";
  for (char c : text) out += c == '\r' ? "\\r" : c == '\n' ? "\\n" : c == '"' ? "\\\"" : std::string(1, c);
  return out + "\"";
}

/// A browser's offer, sound only.
inline std::string browser_sdp() {
  std::string fingerprint = "AA";
  for (int i = 1; i < 32; ++i) fingerprint += ":AA";
  return "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=group:BUNDLE 0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\n"
         "c=IN IP4 0.0.0.0\r\na=mid:0\r\na=rtcp-mux\r\na=ice-ufrag:abcd\r\na=ice-pwd:0123456789abcdef012345\r\n"
         "a=fingerprint:sha-256 " +
         fingerprint + "\r\na=setup:actpass\r\na=rtpmap:111 opus/48000/2\r\n";
}

}  // namespace rollcall::web
