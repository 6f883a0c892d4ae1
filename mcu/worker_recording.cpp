#include "daemon/log.h"
#include "mcu/worker.h"

namespace rollcall::mcu {

namespace event = daemon::event;
namespace log = daemon::log;

using model::Reason;
using model::refuse;

Worker::Expected<control::RecordingStart::Result> Worker::carry_out(const control::RecordingStart& request) {
  const auto at = conferences_.find(request.conference);
  if (at == conferences_.end()) return refuse(Reason::unknown_conference, request.conference.text());
  const std::string& id = request.conference.text();
  const auto file = at->second->start_recording(id, std::chrono::system_clock::now());
  if (!file) return tl::unexpected(file.error());
  log::info(event::recording_started, {{"conference", id}, {"file", *file}});
  tell_(control::RecordingChanged{request.conference, true, *file, ""});
  return control::RecordingStart::Result{*file};
}

Worker::Expected<control::RecordingStop::Result> Worker::carry_out(const control::RecordingStop& request) {
  const auto at = conferences_.find(request.conference);
  if (at == conferences_.end()) return refuse(Reason::unknown_conference, request.conference.text());
  if (at->second->recording()) log::info(event::recording_ended, {{"conference", request.conference.text()}});
  at->second->stop_recording();
  return control::RecordingStop::Result{};
}

}  // namespace rollcall::mcu
