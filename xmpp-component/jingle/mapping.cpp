#include "xmpp-component/jingle/mapping.h"

#include <algorithm>
#include <optional>

namespace rollcall::component::jingle {

using model::Direction;
using model::MediaDescription;
using model::Reason;
using stanza::Content;
using stanza::Senders;

namespace {

model::Transport transport_of(const stanza::IceTransport& ice) {
  return {.ice = model::IceParameters{ice.ufrag, ice.password, ice.candidates}, .dtls = ice.dtls};
}

/// In a group all contents say the same credentials, but clients differ in where they put the candidates.
void merge(model::Transport& shared, const stanza::IceTransport& ice) {
  for (const model::IceCandidate& candidate : ice.candidates) {
    auto& all = shared.ice->candidates;
    if (std::ranges::find(all, candidate) == all.end()) all.push_back(candidate);
  }
  if (!shared.dtls) shared.dtls = ice.dtls;
}

model::Expected<void> check(const Content& content) {
  if (!content.description || !content.transport) return model::refuse(Reason::bad_request, content.name);
  if (content.transport->ufrag.empty() || content.transport->password.empty()) {
    return model::refuse(Reason::bad_request, content.name);
  }
  if (!content.transport->dtls) return model::refuse(Reason::no_security, content.name);
  return {};
}

model::Media media_of(const Content& content, Party writer, std::size_t transport) {
  const stanza::RtpDescription& said = *content.description;
  return {.mid = content.name,
          .kind = said.kind,
          .direction = direction_of(content.senders.value_or(Senders::both), writer),
          .codecs = said.payload_types,
          .header_extensions = said.header_extensions,
          .sources = said.sources,
          .rtcp_mux = said.rtcp_mux,
          .transport = transport,
          .bandwidth_kbit = said.bandwidth_kbit};
}

/// `shared` is the transport of the group, as soon as there is one.
model::Expected<void> add(MediaDescription& description, const Content& content, Party writer,
                          std::optional<std::size_t> shared) {
  if (auto checked = check(content); !checked) return checked;
  model::Media* known = find_media(description, content.name);
  std::size_t transport = shared ? *shared : known != nullptr ? known->transport : description.transports.size();
  if (shared) {
    merge(description.transports[transport], *content.transport);
  } else if (known != nullptr) {
    description.transports[transport] = transport_of(*content.transport);
  } else {
    description.transports.push_back(transport_of(*content.transport));
  }
  model::Media media = media_of(content, writer, transport);
  if (known != nullptr) {
    *known = std::move(media);
  } else {
    description.media.push_back(std::move(media));
  }
  return {};
}

}  // namespace

Direction direction_of(Senders senders, Party writer) {
  switch (senders) {
    case Senders::both:
      return Direction::sendrecv;
    case Senders::none:
      return Direction::inactive;
    case Senders::initiator:
      return writer == Party::initiator ? Direction::sendonly : Direction::recvonly;
    case Senders::responder:
      return writer == Party::responder ? Direction::sendonly : Direction::recvonly;
  }
  __builtin_unreachable();
}

Senders senders_of(Direction direction, Party writer) {
  switch (direction) {
    case Direction::sendrecv:
      return Senders::both;
    case Direction::inactive:
      return Senders::none;
    case Direction::sendonly:
      return writer == Party::initiator ? Senders::initiator : Senders::responder;
    case Direction::recvonly:
      return writer == Party::initiator ? Senders::responder : Senders::initiator;
  }
  __builtin_unreachable();
}

Direction mirrored(Direction direction) {
  switch (direction) {
    case Direction::sendonly:
      return Direction::recvonly;
    case Direction::recvonly:
      return Direction::sendonly;
    case Direction::sendrecv:
    case Direction::inactive:
      return direction;
  }
  __builtin_unreachable();
}

model::Expected<MediaDescription> describe(const stanza::Jingle& jingle, Party writer) {
  if (jingle.contents.empty()) return model::refuse(Reason::bad_request, "no content");
  MediaDescription description;
  std::optional<std::size_t> shared;
  for (const Content& content : jingle.contents) {
    const bool grouped = std::ranges::find(jingle.bundle, content.name) != jingle.bundle.end();
    const std::size_t next = description.transports.size();
    if (auto added = add(description, content, writer, grouped ? shared : std::nullopt); !added) {
      return tl::unexpected(added.error());
    }
    if (grouped && !shared) shared = next;
  }
  return description;
}

model::Expected<void> add_content(MediaDescription& description, const Content& content, Party writer, bool grouped) {
  const bool share = grouped && !description.media.empty();
  return add(description, content, writer, share ? std::optional(description.media.front().transport) : std::nullopt);
}

Content content_of(const MediaDescription& description, const model::Media& media, Party writer, Party creator) {
  Content content{.creator = creator, .name = media.mid, .senders = senders_of(media.direction, writer)};
  content.description = stanza::RtpDescription{.kind = media.kind,
                                               .payload_types = media.codecs,
                                               .header_extensions = media.header_extensions,
                                               .sources = media.sources,
                                               .rtcp_mux = media.rtcp_mux,
                                               .bandwidth_kbit = media.bandwidth_kbit};
  if (media.transport >= description.transports.size()) return content;
  const model::Transport& transport = description.transports[media.transport];
  content.transport = stanza::IceTransport{.dtls = transport.dtls};
  if (transport.ice) {
    content.transport->ufrag = transport.ice->ufrag;
    content.transport->password = transport.ice->password;
    content.transport->candidates = transport.ice->candidates;
  }
  return content;
}

std::vector<Content> contents_of(const MediaDescription& description, Party writer,
                                 const std::map<std::string, Party>& creators) {
  std::vector<Content> contents;
  for (const model::Media& media : description.media) {
    const auto creator = creators.find(media.mid);
    contents.push_back(content_of(description, media, writer, creator == creators.end() ? writer : creator->second));
  }
  return contents;
}

const model::Media* find_media(const MediaDescription& description, std::string_view mid) {
  const auto found = std::ranges::find(description.media, mid, &model::Media::mid);
  return found == description.media.end() ? nullptr : &*found;
}

model::Media* find_media(MediaDescription& description, std::string_view mid) {
  const auto found = std::ranges::find(description.media, mid, &model::Media::mid);
  return found == description.media.end() ? nullptr : &*found;
}

std::vector<std::string> mids_of(const MediaDescription& description) {
  std::vector<std::string> mids;
  for (const model::Media& media : description.media) mids.push_back(media.mid);
  return mids;
}

void remove_media(MediaDescription& description, std::string_view mid) {
  const auto found = std::ranges::find(description.media, mid, &model::Media::mid);
  if (found == description.media.end()) return;
  const std::size_t transport = found->transport;
  description.media.erase(found);
  if (std::ranges::find(description.media, transport, &model::Media::transport) != description.media.end()) return;
  if (transport >= description.transports.size()) return;
  description.transports.erase(description.transports.begin() + static_cast<std::ptrdiff_t>(transport));
  for (model::Media& media : description.media) {
    if (media.transport > transport) --media.transport;
  }
}

}  // namespace rollcall::component::jingle
