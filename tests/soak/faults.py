"""What may happen to one participant, each with its beginning and its end. `company` is tests/soak/company.py's."""

import os
import signal
import threading
import time

import company as people

from rig.senses import wait_until
from rig.stage import COLOURS, TONES
from rig.stranger import Stranger

CARD_SECONDS = 2  # the requirement is one second from the last picture; the rest is the probes' five looks a second


class Fault:
    """Begins, lasts (at most `longest` seconds), ends. `who` has it: his colour and tone are nobody else's business."""

    who, longest = people.BEN, 3600
    moves_tiles = False  # somebody comes or goes, so that all tiles take other places

    def __init__(self, company):
        self.company = company

    def begins(self):
        pass

    def lasts(self, seconds):
        time.sleep(seconds)

    def ends(self):
        pass

    def faulty(self):
        return {COLOURS[self.who], TONES[self.who]}


class Nothing(Fault):
    name = "nothing"


class Loss(Fault):
    name = "5 % loss each way"

    def begins(self):
        self.company.far.loses(5)

    def ends(self):
        self.company.far.heals()


class SlowLink(Loss):
    name = "a link of 50 kbit/s"

    def begins(self):
        self.company.far.carries(50)


class Jitter(Loss):
    name = "60±20 ms each way"

    def begins(self):
        self.company.far.delays(60, 20)


class CardFault(Fault):
    """One after which the others must see a name card instead of a still picture."""

    def waits_for_card(self, marks, seconds=CARD_SECONDS + 1):
        began = time.monotonic()
        for probe in self.company.probes:
            probe.waits_for("tile-vanished", seconds=15, since=marks[probe], colour=COLOURS[self.who])
        self.card_after = time.monotonic() - began
        assert self.card_after <= seconds, f"the still picture became a card only after {self.card_after:.1f} s"

    def marks(self):
        return {probe: probe.process.mark() for probe in self.company.probes}


class Partition(CardFault):
    name, longest = "6 s without a network", 6

    def begins(self):
        marks = self.marks()
        self.company.far.parts()
        self.waits_for_card(marks)

    def ends(self):
        self.company.far.heals()


class CameraOff(CardFault):
    name = "the camera off"

    def begins(self):
        marks = self.marks()
        self.company.ben.senses("unplug", "video", True)
        self.waits_for_card(marks)

    def ends(self):
        self.company.ben.senses("unplug", "video", False)


class MicrophoneOff(Fault):
    name = "the microphone off"

    def begins(self):
        self.company.ben.senses("unplug", "audio", True)

    def ends(self):
        self.company.ben.senses("unplug", "audio", False)


class Resolution(Fault):
    name = "another resolution each second"

    def lasts(self, seconds):
        sizes = [(320, 180), (960, 540), (160, 90), (362, 202), (360, 640), (1280, 720), (640, 360)]
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            for size in sizes:
                self.company.ben.senses("resize", *size)
                time.sleep(min(1, seconds / len(sizes)))


class NewAddress(Fault):
    name = "a new address and an ICE restart"

    def begins(self):
        self.company.far.moves()
        self.company.ben.participant("restartIce")
        self.frames = self.company.ben.counts()["video"]["frames"]

    def ends(self):
        def stands():
            return [] if self.company.ben.counts()["video"]["frames"] > self.frames + 30 else ["Ben's picture stands still"]
        wait_until(stands)


class Killed(CardFault):
    name, who, moves_tiles = "killed without goodbye", people.VICTIM, True

    def begins(self):
        marks = self.marks()
        self.company.victim.vanishes()
        self.waits_for_card(marks)

    def ends(self):
        self.company.victim = self.company.probe(people.VICTIM)


class Stopped(CardFault):
    name, who, longest = "stopped for 5 s", people.VICTIM, 5

    def begins(self):
        marks = self.marks()
        os.kill(self.company.victim.process.pid, signal.SIGSTOP)
        self.waits_for_card(marks)

    def ends(self):
        os.kill(self.company.victim.process.pid, signal.SIGCONT)


class Comers(Fault):
    name, who, moves_tiles = "one comes each second, and goes", people.COMER, True

    def lasts(self, seconds):
        visits, until = [], time.monotonic() + seconds
        while time.monotonic() < until:
            visit = threading.Thread(target=self._visit, daemon=True)
            visit.start()
            visits.append(visit)
            time.sleep(1)
        for visit in visits:
            visit.join(60)

    def _visit(self):
        comer = self.company.comer()
        try:
            comer.process.wait(40)
        finally:
            comer.stop()
            self.company.stage.players.remove(comer)


class Garbage(Fault):
    name = "garbage from a stranger"

    def begins(self):
        self.stranger = Stranger(self.company.stage.rollcall.media_address, people.MCU_PORTS).start()

    def ends(self):
        self.stranger.stop()


ALL = [Loss, SlowLink, Jitter, Partition, CameraOff, MicrophoneOff, Resolution, Stopped, Killed, Comers, Garbage, NewAddress]
