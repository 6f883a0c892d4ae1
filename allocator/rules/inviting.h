#pragma once

#include <vector>

#include "allocator/model/expected.h"
#include "allocator/rules/effect.h"
#include "allocator/rules/state.h"

namespace rollcall::rules {

/// Who is named in a request, sorted by what comes of it. Bare addresses, each once, in order.
struct Invitees {
  std::vector<Address> people;       ///< will be invited
  std::vector<Address> twice;        ///< were named more than once
  std::vector<Address> lately;       ///< have just been invited, by this asker or by too many
  std::vector<Address> unreachable;  ///< invitations came back from them
};

/// `conference` is empty for a new one. Refuses own_address for the asker himself, the service and conferences; full
/// for too many at once; too_fast for too many in a minute.
[[nodiscard]] model::Expected<Invitees> people_to_invite(const State& state, const ConferenceId& conference,
                                                         const Address& asker, const std::vector<Address>& named,
                                                         model::Time now);

/// What the asker should know about them.
[[nodiscard]] std::vector<model::Sentence> remarks_on(const State& state, const Address& asker,
                                                      const Invitees& invitees, const model::Routes& routes,
                                                      model::Time now);

/// Why none of this may be dialled for the asker; nothing is to be dialled: none.
[[nodiscard]] std::optional<model::Refusal> refusal_to_dial(const State& state, const Address& asker,
                                                            const model::Routes& routes, model::Time now);

/// One message with everything a person needs to join, and the contact for the roster; and he is rung. Into a
/// conference for members he comes as one. What was named by address alone is dialled.
void invite(State& state, model::Conference& conference, const Address& inviter, const std::vector<Address>& people,
            const model::Routes& routes, model::Time now, Decision& decision);

}  // namespace rollcall::rules
