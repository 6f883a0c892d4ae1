// What people wish for a conference, as orders to its MCU.
#include "daemon/log.h"
#include "xmpp-component/peers.h"

namespace rollcall::component {
namespace {

namespace event = daemon::event;
namespace log = daemon::log;

control::LayoutChoice layout_of(model::PictureLayout layout) {
  switch (layout) {
    case model::PictureLayout::automatic:
      return control::LayoutChoice::automatic;
    case model::PictureLayout::grid:
      return control::LayoutChoice::grid;
    case model::PictureLayout::speaker:
      return control::LayoutChoice::speaker;
    case model::PictureLayout::spotlight:
      return control::LayoutChoice::spotlight;
    case model::PictureLayout::presentation:
      return control::LayoutChoice::presentation;
  }
  __builtin_unreachable();
}

/// Nobody waits for it in vain but the operator.
void log_refusal(const std::string& subject, const model::Refusal& refusal) {
  log::warning(event::order_refused, {{"subject", subject}, {"reason", model::to_text(refusal.reason)}});
}

}  // namespace

void Peers::carry_out(const rules::UpdateConference& effect) {
  control::ConferenceUpdate update{
      .conference = effect.conference, .title = effect.title, .spotlight = effect.spotlight};
  if (effect.layout) update.layout = layout_of(*effect.layout);
  pool_.request<control::ConferenceUpdate>(effect.mcu, update, [id = effect.conference](const auto& done) {
    if (!done) log_refusal(id.text(), done.error());
  });
}

void Peers::carry_out(const rules::SilenceLeg& effect) {
  const control::LegUpdate update{.leg = effect.leg, .muted_by_moderator = effect.silent};
  pool_.request<control::LegUpdate>(effect.mcu, update, [leg = effect.leg](const auto& done) {
    if (!done) log_refusal(leg.text(), done.error());
  });
}

void Peers::carry_out(const rules::Order& effect) {
  if (const auto* silence = std::get_if<rules::SilenceWish>(&effect.wish)) return order_silence(effect, *silence, 0);
  control::ConferenceUpdate update{.conference = effect.question.conference};
  if (const auto* spotlight = std::get_if<rules::SpotlightWish>(&effect.wish)) update.spotlight = spotlight->leg;
  if (const auto* layout = std::get_if<model::PictureLayout>(&effect.wish)) update.layout = layout_of(*layout);
  order_picture(effect, update);
}

void Peers::order_picture(const rules::Order& order, const control::ConferenceUpdate& update) {
  pool_.request<control::ConferenceUpdate>(order.mcu, update, [this, order](const auto& done) {
    answered(order, done ? std::nullopt : std::optional(done.error()));
  });
}

/// One device after another; the first that is refused is the answer.
void Peers::order_silence(const rules::Order& order, const rules::SilenceWish& wish, std::size_t next) {
  if (next >= wish.legs.size()) return answered(order, std::nullopt);
  const control::LegUpdate update{.leg = wish.legs[next], .muted_by_moderator = wish.silent};
  pool_.request<control::LegUpdate>(order.mcu, update, [this, order, wish, next](const auto& done) {
    if (!done) return answered(order, done.error());
    order_silence(order, wish, next + 1);
  });
}

void Peers::answered(const rules::Order& order, std::optional<model::Refusal> refused) {
  if (refused) log_refusal(order.question.conference.text(), *refused);
  outside_.happens(rules::OrderAnswered{order.question, order.wish, std::move(refused)});
}

void Peers::carry_out(const rules::Record& effect) {
  const model::ConferenceId& conference = effect.question.conference;
  if (effect.on) {
    pool_.request<control::RecordingStart>(effect.mcu, {conference},
                                           [this, question = effect.question](const auto& done) {
                                             const auto file = done.map([](const auto& result) { return result.file; });
                                             outside_.happens(rules::RecordingAnswered{question, true, file});
                                           });
  } else {
    pool_.request<
        control::RecordingStop>(effect.mcu, {conference}, [this, question = effect.question](const auto& done) {
      outside_.happens(rules::RecordingAnswered{question, false, done.map([](const auto&) { return std::string(); })});
    });
  }
}

}  // namespace rollcall::component
