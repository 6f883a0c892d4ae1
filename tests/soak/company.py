"""Nine people in one conference: two pages, Dino and six probes. Anna, Dino and the first five probes are only watched."""

import math

from dino import Dino
from session import Session, build_camera

from rig.browser import Browser
from rig.far_network import FarNetwork
from rig.probe import Probe, words_of
from rig.prosody import Prosody
from rig.senses import rgb, wait_until
from rig.stage import COLOURS, TONES, Stage
from rig.watching import McuWatch, PageWatch, ProbeWatch

ANNA, BEN, DINO, WATCHERS, VICTIM, COMER = 0, 1, 2, range(3, 8), 8, 9
EVERYBODY = COLOURS[:9]
FIGURES_SECONDS, FRAME_RATE = 1, 15
MCU_PORTS = (20000, 20999)


class Company:
    """Ben's page lives behind the wire of a `FarNetwork`; the victim is a probe that is killed and stopped."""

    def __init__(self, folder, computer):
        self.folder, self.closing = folder, []
        try:
            self._open(computer)
        except BaseException:
            self.close()
            raise

    def _open(self, computer):
        self.far = FarNetwork(self.folder)
        self.closing.append(self.far.stop)
        server = Prosody(self.folder / "server", certificate=computer.certificate, host=computer.address, also_at=["127.0.0.1"],
                          writes_rosters=False)
        server.c2s_port = 5222
        picture = {"width": 480, "height": 270, "frame_rate": FRAME_RATE, "video_kbit": 400, "figures_seconds": FIGURES_SECONDS,
                   "port_min": MCU_PORTS[0], "port_max": MCU_PORTS[1]}
        self.stage = Stage(server.start(), self.folder, media_address=computer.address, mcu=picture, control={"transcript": ""})
        self.closing.append(self.stage.close)
        self.stage.rollcall.start(web=False)
        self._gather()

    def _gather(self):
        stage = self.stage
        self.romeo = stage.person("romeo")
        self.session = Session(self.folder / "desktop", build_camera(self.folder), COLOURS[DINO], TONES[DINO])
        self.closing.append(self.session.stop)
        self.session.start()
        self.dino = Dino(self.session, stage.server, stage.account("juliet")).start()
        self.contact = stage.conference(self.romeo, "team", self.dino.bare)
        self.romeo.accepts_subscription_of(self.contact)
        self.dino.accepts_contact(self.contact)
        self.anna = stage.page("anna", ANNA)
        browser = Browser(self._folder("far"), self.far.prefix)
        self.closing.append(browser.stop)
        self.ben = browser.participant(stage.server, stage.account("ben"), COLOURS[BEN], TONES[BEN])
        for page in (self.anna, self.ben):
            page.calls(self.contact)
        self.dino.calls_and_is_heard(self.contact, self.anna)
        accounts = {number: stage.account(f"probe{number}") for number in (*WATCHERS, VICTIM, COMER)}
        self.accounts = accounts
        self.probes = [self.probe(number) for number in WATCHERS]
        self.victim = self.probe(VICTIM)
        self.anna.waits_for_event("connection", state="connected")
        self.anna.senses("listen")
        self.watches = [McuWatch(stage.rollcall.mcu), PageWatch(self.anna), *map(ProbeWatch, self.probes)]

    def _folder(self, name):
        (self.folder / name).mkdir(exist_ok=True)
        return self.folder / name

    def probe(self, number, **options):
        """Silent, so that the loudest are always Anna, Ben and Juliet."""
        words = {"call": self.contact, "media_address": self.stage.rollcall.media_address, "video_kbit": 100, "size": "320x180",
                 "frame_rate": 15, "tone": 0, "stay": True, "figures_every": 0.5, "timeout": 60,
                 "expect_colours": ",".join(EVERYBODY), "expect_tones": f"{TONES[ANNA]},{TONES[DINO]}", **options}
        probe = Probe(self.stage.server, self.accounts[number], self.folder, *words_of(words), colour=COLOURS[number])
        probe.colour = COLOURS[number]
        self.stage.players.append(probe)
        return probe.start()

    def comer(self):
        """Comes, gets a picture and sound, and goes."""
        return self.probe(COMER, size="160x90", stay=False, seconds=0.2, expect_colours=None, expect_tones=None,
                          user=None, timeout=30)

    def mcu_alive(self):
        return self.stage.rollcall.mcu.alive()

    def all_is_well(self, seconds=30):
        """Everybody is in the picture of everybody, and Dino shows it."""
        for probe in (*self.probes, self.victim):
            wait_until(lambda: missing(probe), seconds)
        for page in (self.anna, self.ben):
            wait_until(lambda: not_seen(page.name, page.looks(), EVERYBODY), seconds)
        self.dino.looks_until(self.dino_misses, seconds)

    def dino_misses(self):
        """Its own picture in a corner and its buttons cover a tile or two."""
        covered = not_seen("Dino", self.session.looks(), EVERYBODY, 12)
        return covered if len(covered) > 3 else []

    def close(self):
        errors = []
        for close in reversed(self.closing):
            try:
                close()
            except AssertionError as error:
                errors.append(str(error))
        assert not errors, "\n".join(errors)


def not_seen(name, picture, colours, least=40):
    """Sentences for the colours that have no tile worth that name: fewer than `least` of the picture's cells."""
    if not picture:
        return [f"{name} receives no picture"]
    counts = dict.fromkeys(EVERYBODY, 0)
    for cell in picture["cells"]:
        distance, nearest = min((math.dist(cell, rgb(colour)), colour) for colour in EVERYBODY)
        counts[nearest] += distance < 60
    return [f"{name}: {colour} has {counts[colour]} cells" for colour in colours if counts[colour] < least]


def missing(probe):
    """Sentences for the tiles and tones that the probe does not have now."""
    there = {}
    for event in probe.events():
        what, _, how = event["event"].partition("-")
        if what in ("tile", "tone"):
            there[event.get("colour", event.get("hz"))] = how == "appeared"
    wanted = [*EVERYBODY, TONES[ANNA], TONES[DINO]]
    return [f"{probe.user} has not {what}" for what in wanted if not there.get(what)]
