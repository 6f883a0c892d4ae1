#pragma once

#include <gloox/connectionbase.h>
#include <gloox/connectiondatahandler.h>
#include <gloox/tag.h>

#include <memory>
#include <string>
#include <vector>

#include "xmpp-component/stream/stream.h"
#include "xmpp-component/stream/testing/stepped_scheduler.h"

namespace rollcall::component::stream {

/// An XMPP server in memory, as seen from its component port. A test makes one, gives `environment()` to a Stream, and
/// then lets it speak: `accept()` plays the whole handshake, `says(xml)` hands over one stanza or any bytes. Must
/// outlive the Stream.
class ScriptedServer {
 public:
  explicit ScriptedServer(std::string secret = "secret");
  ~ScriptedServer();

  [[nodiscard]] Stream::Environment environment();
  [[nodiscard]] SteppedScheduler& time() { return *time_; }

  /// Answers the connection attempt that is under way.
  void accept();             ///< takes the connection and shakes hands, checking the secret
  void refuse_connection();  ///< nobody listens
  void take_connection();    ///< TCP only; says nothing yet
  [[nodiscard]] bool is_being_dialled() const;
  [[nodiscard]] bool is_connected() const;
  [[nodiscard]] int attempts() const { return attempts_; }

  /// Bytes to the component, as one piece.
  void says(const std::string& bytes);
  void closes();  ///< the TCP connection
  void stops_reading() { reads_ = false; }

  /// What the component said since the last call: whole stanzas, in order, header and handshake left out. Also lets
  /// what is due now happen.
  [[nodiscard]] std::vector<std::unique_ptr<gloox::Tag>> heard();
  /// The only stanza that the component said, as text; an explanation if it was not one.
  [[nodiscard]] std::string heard_one();
  /// All that the component wrote on this connection.
  [[nodiscard]] const std::string& raw() const { return raw_; }

 private:
  class Transport;
  std::string secret_;
  SteppedScheduler* time_ = nullptr;  // owned by the Stream once environment() was taken
  std::unique_ptr<SteppedScheduler> untaken_time_;
  Transport* transport_ = nullptr;  // of the newest connection; owned by the Stream
  int attempts_ = 0;
  bool reads_ = true;
  std::string raw_;
  std::size_t read_ = 0;  // of raw_
};

}  // namespace rollcall::component::stream
