"""What everybody in a conference gets over a stretch of time: the MCU's own figures, the pages' getStats, the probes' meters."""

from dataclasses import dataclass, fields
from datetime import datetime


@dataclass
class Stretch:
    """One watcher's figures over a stretch; `rate` in pictures per second."""

    rate: float = 0
    freezes: int = 0
    frozen_ms: float = 0
    lost: int = 0
    concealed: float = 0  # part of the samples
    vanished: int = 0  # of the others' tiles and tones
    late: int = 0
    blocks_late: int = 0
    key_frames: int = 0
    encoders: int = 0
    width: int = 0
    seconds: float = 0

    def __str__(self):
        shown = [f"{self.rate:5.2f}/s"]
        shown += [f"{f.name} {getattr(self, f.name):.3g}" for f in fields(self)[1:-1] if getattr(self, f.name)]
        return ", ".join(shown)


class McuWatch:
    """`conference.figures`, told each second. Waits for the next ones, so that the stretch is the MCU's own."""

    name = "the MCU"

    def __init__(self, mcu):
        self.mcu = mcu

    def _next(self):
        return self.mcu.wait_for_event("conference.figures", since=self.mcu.mark(), seconds=30)

    def begin(self, faulty):
        self.first = self._next()

    def end(self):
        last, first = self._next(), self.first
        when = [datetime.fromisoformat(each["time"].replace("Z", "+00:00")) for each in (first, last)]
        seconds = (when[1] - when[0]).total_seconds()
        more = {key: int(last[key]) - int(first[key]) for key in ("frames", "late", "blocks_late", "key_frames")}
        return Stretch(rate=more["frames"] / seconds, late=more["late"], blocks_late=more["blocks_late"],
                       key_frames=more["key_frames"], encoders=max(int(first["encoders"]), int(last["encoders"])), seconds=seconds)


class PageWatch:
    def __init__(self, page):
        self.page, self.name, self.colour = page, f"{page.name}'s page", page.colour

    def begin(self, faulty):
        self.first = self.page.counts()

    def end(self):
        first, last = self.first, self.page.counts()
        video = {key: last["video"][key] - first["video"][key] for key in ("frames", "freezes", "frozenMs", "lost", "ms")}
        audio = {key: last["audio"][key] - first["audio"][key] for key in ("concealed", "samples", "lost")}
        return Stretch(rate=video["frames"] * 1000 / video["ms"], freezes=video["freezes"], frozen_ms=video["frozenMs"],
                       lost=video["lost"] + audio["lost"], concealed=audio["concealed"] / max(1, audio["samples"]),
                       width=last["video"]["width"],
                       seconds=video["ms"] / 1000)


class ProbeWatch:
    """A probe that tells `figures` again and again, and which tile and tone of the others vanish."""

    def __init__(self, probe):
        self.probe, self.name, self.colour = probe, probe.user, probe.colour

    def begin(self, faulty):
        """`faulty`: a colour and a tone, whose going is no fault."""
        self.faulty, self.mark = faulty, self.probe.process.mark()
        self.first = self.probe.waits_for("figures", since=self.mark)

    def _others(self, event):
        return event.get("colour") not in self.faulty and event.get("hz") not in self.faulty

    def end(self):
        last, first = self.probe.waits_for("figures", since=self.probe.process.mark()), self.first
        events = self.probe.events_since(self.mark)
        vanished = [e for e in events if e["event"] in ("tile-vanished", "tone-vanished") and self._others(e)]
        seconds = (last["ms"] - first["ms"]) / 1000
        return Stretch(rate=(last["frames"] - first["frames"]) / seconds, freezes=last["freezes"] - first["freezes"],
                       frozen_ms=last["frozen_ms"] - first["frozen_ms"], lost=last["lost"] - first["lost"],
                       vanished=len(vanished), seconds=seconds)


def complaints(name, quiet, faulty):
    """What of a watcher's stretch with a fault is not as in the quiet one."""
    found = []

    def most(what, value, limit):
        if value > limit:
            found.append(f"{name}: {what} {value:.3g}, and at most {limit:.3g} were allowed ({quiet} when it was quiet)")
    if faulty.rate < 0.96 * quiet.rate:
        found.append(f"{name}: {faulty.rate:.2f} pictures a second, and {quiet.rate:.2f} when it was quiet")
    ratio = max(1.0, faulty.seconds / quiet.seconds)
    most("freezes", faulty.freezes, quiet.freezes * ratio + 1)
    most("milliseconds frozen", faulty.frozen_ms, quiet.frozen_ms * ratio + 500)
    most("packets lost", faulty.lost, quiet.lost * ratio + 5)
    most("part of the sound concealed", faulty.concealed, quiet.concealed + 0.03)
    most("tiles and tones that vanished", faulty.vanished, quiet.vanished)
    most("late pictures", faulty.late, 1.5 * quiet.late * ratio + 3 + 0.01 * faulty.seconds * quiet.rate)
    most("late blocks of sound", faulty.blocks_late, 1.5 * quiet.blocks_late * ratio + 5 + 0.01 * faulty.seconds * 50)
    most("key frames", faulty.key_frames, max(1, faulty.encoders) * (faulty.seconds / 2 + 2))
    return found
