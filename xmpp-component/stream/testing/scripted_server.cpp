#include "xmpp-component/stream/testing/scripted_server.h"

#include <gloox/parser.h>
#include <gloox/sha.h>
#include <gloox/taghandler.h>

#include <stdexcept>
#include <utility>

namespace rollcall::component::stream {
namespace {

constexpr auto header =
    "<?xml version='1.0'?><stream:stream xmlns='jabber:component:accept' "
    "xmlns:stream='http://etherx.jabber.org/streams' from='call.example.org' id='3BF96D32'>";

struct Collector final : gloox::TagHandler {
  std::vector<std::unique_ptr<gloox::Tag>> tags;
  void handleTag(gloox::Tag* tag) override { tags.emplace_back(tag->clone()); }
};

void require(bool condition, const char* what) {
  if (!condition) throw std::logic_error(what);
}

}  // namespace

class ScriptedServer::Transport final : public gloox::ConnectionBase {
 public:
  Transport(ScriptedServer& server, gloox::ConnectionDataHandler& receiver)
      : ConnectionBase(&receiver), server_(server) {}
  ~Transport() override {
    if (server_.transport_ == this) server_.transport_ = nullptr;
  }

  gloox::ConnectionError connect() override {
    m_state = gloox::StateConnecting;
    return gloox::ConnNoError;
  }
  bool send(const std::string& data) override {
    if (m_state != gloox::StateConnected || !server_.reads_) return false;
    server_.raw_ += data;
    return true;
  }
  void disconnect() override { m_state = gloox::StateDisconnected; }
  gloox::ConnectionError recv(int) override { return gloox::ConnNoError; }
  gloox::ConnectionError receive() override { return gloox::ConnNoError; }
  void getStatistics(long int& in, long int& out) override { in = out = 0; }
  [[nodiscard]] gloox::ConnectionBase* newInstance() const override { return nullptr; }

  void established() {
    m_state = gloox::StateConnected;
    m_handler->handleConnect(this);
  }
  void received(const std::string& bytes) { m_handler->handleReceivedData(this, bytes); }
  void lost(gloox::ConnectionError reason) {
    m_state = gloox::StateDisconnected;
    m_handler->handleDisconnect(this, reason);
  }

 private:
  ScriptedServer& server_;
};

ScriptedServer::ScriptedServer(std::string secret)
    : secret_(std::move(secret)), untaken_time_(std::make_unique<SteppedScheduler>()) {
  time_ = untaken_time_.get();
}

ScriptedServer::~ScriptedServer() = default;

Stream::Environment ScriptedServer::environment() {
  return {std::move(untaken_time_), [this](gloox::ConnectionDataHandler& receiver) {
            ++attempts_;
            raw_.clear();
            read_ = 0;
            reads_ = true;
            auto transport = std::make_unique<Transport>(*this, receiver);
            transport_ = transport.get();
            return transport;
          }};
}

bool ScriptedServer::is_being_dialled() const {
  return transport_ != nullptr && transport_->state() == gloox::StateConnecting;
}

bool ScriptedServer::is_connected() const {
  return transport_ != nullptr && transport_->state() == gloox::StateConnected;
}

void ScriptedServer::take_connection() {
  require(is_being_dialled(), "nobody is connecting");
  transport_->established();
}

void ScriptedServer::refuse_connection() {
  require(is_being_dialled(), "nobody is connecting");
  transport_->lost(gloox::ConnConnectionRefused);
  time_->settle();
}

void ScriptedServer::accept() {
  take_connection();
  says(header);
  gloox::SHA sha;
  sha.feed("3BF96D32" + secret_);
  sha.finalize();
  const bool is_right = raw_.find("<handshake>" + sha.hex() + "</handshake>") != std::string::npos ||
                        raw_.find(">" + sha.hex() + "</handshake>") != std::string::npos;
  read_ = raw_.size();
  says(is_right ? "<handshake/>"
                : "<stream:error><not-authorized xmlns='urn:ietf:params:xml:ns:xmpp-streams'/></stream:error>"
                  "</stream:stream>");
}

void ScriptedServer::says(const std::string& bytes) {
  require(is_connected(), "the component is not connected");
  transport_->received(bytes);
  time_->settle();
}

void ScriptedServer::closes() {
  require(is_connected(), "the component is not connected");
  transport_->lost(gloox::ConnStreamClosed);
  time_->settle();
}

std::vector<std::unique_ptr<gloox::Tag>> ScriptedServer::heard() {
  time_->settle();
  Collector collector;
  gloox::Parser parser(&collector);
  std::string fresh = raw_.substr(read_);
  read_ = raw_.size();
  const std::string end = "</stream:stream>";
  if (fresh.ends_with(end)) fresh.resize(fresh.size() - end.size());
  require(parser.feed(fresh) < 0, "the component wrote XML that cannot be read");
  return std::move(collector.tags);
}

std::string ScriptedServer::heard_one() {
  const auto stanzas = heard();
  if (stanzas.size() == 1) return stanzas.front()->xml();
  std::string all = std::to_string(stanzas.size()) + " stanzas:";
  for (const auto& stanza : stanzas) all += " " + stanza->xml();
  return all;
}

}  // namespace rollcall::component::stream
