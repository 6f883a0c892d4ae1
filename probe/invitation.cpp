#include "probe/invitation.h"

#include "probe/stanza.h"

namespace rollcall::probe {

std::string invited_to(const std::string& from, const std::string& body) {
  const auto sender = bare(from);
  const auto start = body.find("xmpp:");
  if (start == std::string::npos) return sender;
  auto address = body.substr(start + 5, body.find_first_of(" \t\r\n?/,;<>\"", start + 5) - start - 5);
  while (!address.empty() && std::string(".:!)]'").find(address.back()) != std::string::npos) address.pop_back();
  const auto domain = [](const std::string& of) { return of.substr(of.find('@') + 1); };
  return address.find('@') != std::string::npos && domain(address) == domain(sender) ? address : sender;
}

}  // namespace rollcall::probe
