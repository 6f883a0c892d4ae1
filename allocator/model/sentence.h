// Something said to a person, before it has a language. allocator/words turns it into text.
#pragma once

#include <string>
#include <vector>

#include "allocator/model/refusal.h"

namespace rollcall::model {

enum class Phrase {
  help,             ///< {service address}
  conference_help,  ///< {title}
  started,          ///< {title, contact, link, invitees}
  started_alone,    ///< {title, contact, link}
  invited,          ///< {title, invitees}
  invitation,       ///< {inviter, title, contact, link}
  nobody_in_call,   ///< {title}
  people_in_call,   ///< {title, names}
  link,             ///< {title, link}
  ended,            ///< {title}
  ended_by,         ///< {title, name}
  named_twice,      ///< {addresses}
  cannot_read_encrypted,
  idle,               ///< presence status; {}
  running,            ///< presence status; {count, names}
  stalled,            ///< {name}, in a list of names
  join_by_link,       ///< {title, link}: your client cannot do this, a browser can
  service_status,     ///< presence of the service; {}
  media_server_lost,  ///< {title}
  ring_declined,      ///< {person, title}; these four: to who invited him
  ring_busy,          ///< {person, title}
  ring_unanswered,    ///< {person, title}
  ring_failed,        ///< {person, title}
};

struct Sentence {
  Phrase phrase = Phrase::help;
  std::vector<std::string> values = {};
  bool operator==(const Sentence&) const = default;
};

}  // namespace rollcall::model
