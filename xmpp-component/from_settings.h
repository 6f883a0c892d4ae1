// The settings file, translated for each part.
#pragma once

#include "allocator/links/links.h"
#include "allocator/pool/pool.h"
#include "allocator/rules/state.h"
#include "daemon/settings.h"
#include "xmpp-component/contacts.h"
#include "xmpp-component/jabber_door.h"
#include "xmpp-component/stream/stream.h"

namespace rollcall::component {

[[nodiscard]] stream::Stream::Settings stream_settings(const daemon::Settings& settings);
[[nodiscard]] links::LinkSigner::Settings link_settings(const daemon::Settings& settings);
[[nodiscard]] pool::Pool::Settings pool_settings(const daemon::Settings& settings);

[[nodiscard]] Contacts::Settings contacts_settings(const daemon::Settings& settings);
[[nodiscard]] JabberDoor::Settings door_settings(const daemon::Settings& settings);

/// `signer` must outlive what is returned.
[[nodiscard]] rules::Settings rules_settings(const daemon::Settings& settings, const links::LinkSigner& signer);

/// How far it is ahead of UTC at that time.
[[nodiscard]] std::chrono::minutes clock_of_this_machine(model::Time now);

/// `example.org` of `call.example.org`.
[[nodiscard]] std::string parent_domain(const std::string& domain);

}  // namespace rollcall::component
