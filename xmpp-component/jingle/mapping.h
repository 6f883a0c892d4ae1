// Jingle contents ⇄ media description. A description speaks from the side of its writer; `senders` names the roles.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "allocator/model/expected.h"
#include "allocator/model/media_description.h"
#include "xmpp-component/stanza/jingle.h"

namespace rollcall::component::jingle {

using stanza::Party;

[[nodiscard]] model::Direction direction_of(stanza::Senders senders, Party writer);
[[nodiscard]] stanza::Senders senders_of(model::Direction direction, Party writer);
/// The same direction, seen from the other side.
[[nodiscard]] model::Direction mirrored(model::Direction direction);

/// Everything that `writer` said in its session-initiate or session-accept. Grouped contents share one transport,
/// others have one each (JC-32). Refuses bad_request: no content, a content without RTP, ufrag or password;
/// no_security: one without a DTLS fingerprint (JC-47).
[[nodiscard]] model::Expected<model::MediaDescription> describe(const stanza::Jingle& jingle, Party writer);

/// Adds one content to what is described already; `grouped`: on the transport of the first media. A media of that name
/// is replaced in its place. Refuses as describe() does.
[[nodiscard]] model::Expected<void> add_content(model::MediaDescription& description, const stanza::Content& content,
                                                Party writer, bool grouped);

/// One content per media, in order. `creators` says who made a content; not in it: `writer` did.
[[nodiscard]] std::vector<stanza::Content> contents_of(const model::MediaDescription& description, Party writer,
                                                       const std::map<std::string, Party>& creators);
[[nodiscard]] stanza::Content content_of(const model::MediaDescription& description, const model::Media& media,
                                         Party writer, Party creator);

[[nodiscard]] model::Media* find_media(model::MediaDescription& description, std::string_view mid);
[[nodiscard]] const model::Media* find_media(const model::MediaDescription& description, std::string_view mid);
[[nodiscard]] std::vector<std::string> mids_of(const model::MediaDescription& description);
/// With its transport, if no other media uses that.
void remove_media(model::MediaDescription& description, std::string_view mid);

}  // namespace rollcall::component::jingle
