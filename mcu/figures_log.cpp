#include "mcu/figures_log.h"

#include "daemon/log.h"

namespace rollcall::mcu {
namespace {

namespace event = daemon::event;
namespace log = daemon::log;

using Write = void (*)(const daemon::LogEvent&, log::Fields);

void write(Write level, const daemon::LogEvent& event, const std::string& conference,
           const conference::Figures& figures, std::size_t legs) {
  level(event, {{"conference", conference},
                {"frames", figures.picture.frames},
                {"late", figures.picture.late},
                {"gap_ms", figures.picture.max_gap.count() / 1000},
                {"tiles_drawn", figures.picture.tiles_drawn},
                {"blocks", figures.sound.blocks},
                {"blocks_late", figures.sound.late},
                {"sound_gap_ms", figures.sound.max_gap.count() / 1000},
                {"encoders", figures.encoders},
                {"key_frames", figures.key_frames},
                {"sound_encoded", figures.sound_blocks_encoded},
                {"legs", legs}});
}

}  // namespace

void log_figures(const std::string& conference, const conference::Figures& figures, std::size_t legs) {
  write(&log::debug, event::conference_figures, conference, figures, legs);
}

void log_end(const std::string& conference, const conference::Figures& figures, std::size_t legs) {
  write(&log::info, event::conference_ended, conference, figures, legs);
}

}  // namespace rollcall::mcu
