// One function per event; each subject of the rules has its own file.
#pragma once

#include "allocator/rules/effect.h"
#include "allocator/rules/event.h"
#include "allocator/rules/state.h"

namespace rollcall::rules {

// requests.cpp
[[nodiscard]] Decision on(const CallRequested& event, State& state, model::Time now);
[[nodiscard]] Decision on(const WhoRequested& event, State& state, model::Time now);
[[nodiscard]] Decision on(const LinkRequested& event, State& state, model::Time now);

// inviting.cpp
[[nodiscard]] Decision on(const InviteRequested& event, State& state, model::Time now);
[[nodiscard]] Decision on(const InvitationReturned& event, State& state, model::Time now);

// keeping.cpp
[[nodiscard]] Decision on(const KeepRequested& event, State& state, model::Time now);
[[nodiscard]] Decision on(const RenameRequested& event, State& state, model::Time now);
[[nodiscard]] Decision on(const EndRequested& event, State& state, model::Time now);
[[nodiscard]] Decision on(const DeleteRequested& event, State& state, model::Time now);

// access.cpp
[[nodiscard]] Decision on(const SwitchRequested& event, State& state, model::Time now);
[[nodiscard]] Decision on(const PinRequested& event, State& state, model::Time now);

// moderation.cpp
[[nodiscard]] Decision on(const PersonRequested& event, State& state, model::Time now);
[[nodiscard]] Decision on(const LayoutRequested& event, State& state, model::Time now);

// orders.cpp
[[nodiscard]] Decision on(const OrderAnswered& event, State& state, model::Time now);

// roles.cpp
[[nodiscard]] Decision on(const MembersRequested& event, State& state, model::Time now);

// recording.cpp
[[nodiscard]] Decision on(const RecordingAnswered& event, State& state, model::Time now);
[[nodiscard]] Decision on(const RecordingEnded& event, State& state, model::Time now);

// why.cpp
[[nodiscard]] Decision on(const WhyRequested& event, State& state, model::Time now);

// chat.cpp
[[nodiscard]] Decision on(const ChatSaid& event, State& state, model::Time now);

// quiet.cpp
[[nodiscard]] Decision on(const QuietRequested& event, State& state, model::Time now);

// people.cpp
[[nodiscard]] Decision on(const PersonSeen& event, State& state, model::Time now);
[[nodiscard]] Decision on(const ConferencesRequested& event, State& state, model::Time now);

// directory.cpp
[[nodiscard]] Decision on(const ModesSeen& event, State& state, model::Time now);
[[nodiscard]] Decision on(const ModesRequested& event, State& state, model::Time now);
[[nodiscard]] Decision on(const ModesPublished& event, State& state, model::Time now);

// endpoint_choice.cpp
[[nodiscard]] Decision on(const DevicesSeen& event, State& state, model::Time now);
[[nodiscard]] Decision on(const DevicesForgotten& event, State& state, model::Time now);

// dialling.cpp
[[nodiscard]] Decision on(const ReachBegun& event, State& state, model::Time now);
[[nodiscard]] Decision on(const DialFailed& event, State& state, model::Time now);
[[nodiscard]] Decision on(const GatewaysSeen& event, State& state, model::Time now);

// arriving.cpp
[[nodiscard]] Decision on(const Arrived& event, State& state, model::Time now);

// joining.cpp
[[nodiscard]] Decision on(const Proposed& event, State& state, model::Time now);
[[nodiscard]] Decision on(const Offered& event, State& state, model::Time now);
[[nodiscard]] Decision on(const McuAnswered& event, State& state, model::Time now);
[[nodiscard]] Decision on(const McuRefused& event, State& state, model::Time now);
[[nodiscard]] Decision on(const LegConnected& event, State& state, model::Time now);

// ringing.cpp
[[nodiscard]] Decision on(const RingEnded& event, State& state, model::Time now);
[[nodiscard]] Decision on(const PickedUp& event, State& state, model::Time now);
[[nodiscard]] Decision on(const AnswerCame& event, State& state, model::Time now);
[[nodiscard]] Decision on(const McuRefusedAnswer& event, State& state, model::Time now);

// in_call.cpp
[[nodiscard]] Decision on(const Changed& event, State& state, model::Time now);
[[nodiscard]] Decision on(const McuChanged& event, State& state, model::Time now);
[[nodiscard]] Decision on(const McuRefusedChange& event, State& state, model::Time now);
[[nodiscard]] Decision on(const Muted& event, State& state, model::Time now);
[[nodiscard]] Decision on(const LegReported& event, State& state, model::Time now);

// leaving.cpp
[[nodiscard]] Decision on(const HungUp& event, State& state, model::Time now);
[[nodiscard]] Decision on(const LegEnded& event, State& state, model::Time now);

// peers.cpp
[[nodiscard]] Decision on(const McuUp& event, State& state, model::Time now);
[[nodiscard]] Decision on(const McuLoaded& event, State& state, model::Time now);
[[nodiscard]] Decision on(const McuDown& event, State& state, model::Time now);
[[nodiscard]] Decision on(const DoorUp& event, State& state, model::Time now);
[[nodiscard]] Decision on(const DoorDown& event, State& state, model::Time now);

// operating.cpp
[[nodiscard]] Decision on(const OperatorEnds& event, State& state, model::Time now);
[[nodiscard]] Decision on(const OperatorRemoves& event, State& state, model::Time now);
[[nodiscard]] Decision on(const OperatorDrains& event, State& state, model::Time now);

// group_chats.cpp
[[nodiscard]] Decision on(const GroupInvited& event, State& state, model::Time now);
[[nodiscard]] Decision on(const GroupRequested& event, State& state, model::Time now);
[[nodiscard]] Decision on(const LeaveGroupRequested& event, State& state, model::Time now);
[[nodiscard]] Decision on(const GroupLost& event, State& state, model::Time now);
[[nodiscard]] Decision on(const GroupAdminSeen& event, State& state, model::Time now);
[[nodiscard]] Decision on(const GroupStatusSaid& event, State& state, model::Time now);

// conference_life.cpp
[[nodiscard]] Decision on(const HolderAdded& event, State& state, model::Time now);
[[nodiscard]] Decision on(const HolderRemoved& event, State& state, model::Time now);
[[nodiscard]] Decision on(const ConferenceNotStored& event, State& state, model::Time now);
[[nodiscard]] Decision on(const TimePassed& event, State& state, model::Time now);
[[nodiscard]] Decision on(const SettingsReloaded& event, State& state, model::Time now);

}  // namespace rollcall::rules
