// Reads a <call/> or <modes/> from standard input and writes it again; for the contract test of schemas/xmpp.
#include <iostream>
#include <iterator>
#include <string>
#include <string_view>

#include "tests/support/xml.h"
#include "xmpp-component/stanza/call_request.h"
#include "xmpp-component/stanza/modes.h"

using namespace rollcall::component::stanza;

int main(int count, char** words) {
  const std::string text{std::istreambuf_iterator<char>(std::cin), {}};
  const auto call = rollcall::tests::parse_xml(text);
  if (call->name() == "modes") {
    const auto modes = read_modes(*call);
    if (!modes) return 1;
    std::cout << write_modes(*modes)->xml();
  } else if (count == 2 && std::string_view(words[1]) == "result") {
    const auto result = read_call_result(*call);
    if (!result) return 1;
    std::cout << write_call_result(*result)->xml();
  } else {
    const auto request = read_call_request(*call);
    if (!request) return 1;
    std::cout << write_call_request(*request)->xml();
  }
  return 0;
}
