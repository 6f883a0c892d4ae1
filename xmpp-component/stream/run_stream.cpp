// Connects to a real server and answers pings, so that the stage can be seen alone:
//   run_stream HOST PORT DOMAIN SECRET
#include <csignal>
#include <cstdlib>
#include <iostream>
#include <memory>

#include "daemon/event_loop.h"
#include "xmpp-component/stream/stream.h"

using namespace rollcall;
using component::stream::IqRequest;
using component::stream::Stream;
using component::stream::StreamState;

namespace {

void answer(IqRequest request) {
  const gloox::Tag* payload = request.payload();
  std::cout << "iq from " << request.from() << ": " << (payload != nullptr ? payload->name() : "nothing") << std::endl;
  if (payload != nullptr && payload->name() == "ping") request.result();
}

}  // namespace

int main(int count, char** words) {
  if (count != 5) {
    std::cerr << "usage: run_stream HOST PORT DOMAIN SECRET\n";
    return 64;
  }
  daemon::EventLoop loop;
  std::unique_ptr<Stream> stream;
  Stream::Callbacks callbacks;
  callbacks.state = [&](StreamState state, const std::string& sentence) {
    std::cout << sentence << std::endl;
    if (state == StreamState::closed) loop.quit();
  };
  callbacks.stanza = [](const gloox::Tag& stanza) {
    std::cout << stanza.name() << " from " << stanza.findAttribute("from") << std::endl;
  };
  callbacks.iq = answer;
  stream =
      std::make_unique<Stream>(loop, Stream::Settings{words[1], std::atoi(words[2]), words[3], words[4]}, callbacks);
  const auto report = loop.every(std::chrono::seconds(10), [&] {
    const auto s = stream->statistics();
    std::cout << "in " << s.stanzas_in << " out " << s.stanzas_out << " dropped " << s.stanzas_dropped << " lost "
              << s.stanzas_lost << " connects " << s.connects << std::endl;
  });
  const auto stop = loop.on_signal(SIGTERM, [&] { stream->close(); });
  stream->open();
  loop.run();
  return 0;
}
