#include "ctl/setup/dialogue.h"

#include <functional>
#include <string>

namespace rollcall::ctl::setup {
namespace {

using Complaint = std::function<std::optional<std::string>(const std::string&)>;

std::string trimmed(const std::string& line) {
  const auto first = line.find_first_not_of(" \t\r");
  return first == std::string::npos ? std::string{} : line.substr(first, line.find_last_not_of(" \t\r") - first + 1);
}

std::optional<std::string> answer(std::istream& in, std::ostream& out, const std::string& question,
                                  const std::string& proposed, const Complaint& complaint) {
  for (std::string line;;) {
    out << question << (proposed.empty() ? "" : " [" + proposed + "]") << ": " << std::flush;
    if (!std::getline(in, line)) return std::nullopt;
    line = trimmed(line);
    if (line.empty()) line = proposed;
    const auto wrong = complaint(line);
    if (!wrong) return line;
    out << *wrong << '\n';
  }
}

}  // namespace

std::optional<Plan> ask(std::istream& in, std::ostream& out) {
  Plan plan;
  const auto users = answer(in, out, "The domain of your users (what stands behind the @)", "", complaint_of_domain);
  if (!users) return std::nullopt;
  plan.users = *users;
  const auto conferences = answer(in, out, "The domain of the conferences, not used yet", "call." + *users,
                                  [&](const std::string& domain) -> std::optional<std::string> {
                                    if (domain == plan.users) return "It cannot be the users' own domain.";
                                    return complaint_of_domain(domain);
                                  });
  if (!conferences) return std::nullopt;
  plan.conferences = *conferences;
  const auto server = answer(in, out, "Your XMPP server, prosody or ejabberd", "prosody",
                             [](const std::string& name) -> std::optional<std::string> {
                               if (name == "prosody" || name == "ejabberd") return std::nullopt;
                               return "Only those two are known here; others need a component (XEP-0114) by hand.";
                             });
  if (!server) return std::nullopt;
  plan.server = *server == "prosody" ? Server::prosody : Server::ejabberd;
  const auto links =
      answer(in, out, "What links for browsers begin with", "https://meet." + *users, complaint_of_links);
  if (!links) return std::nullopt;
  plan.links = *links;
  return plan;
}

}  // namespace rollcall::ctl::setup
