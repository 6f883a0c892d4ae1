"""Guests on the join page, through the real door and the real MCU; only the allocator is a bare one without XMPP."""

import json
import os
import secrets
import signal
import time
import urllib.request

import pytest

from rig.browser import Browser
from rig.installation import BUILD, as_toml, binary
from rig.ports import free_port
from rig.process import Process
from rig.senses import hears, near, rgb, sees, wait_until

RED, BLUE, GREEN = "#d02020", "#2040d0", "#109030"


class House:
    """The three processes of one test; each can be ended and started again on the same ports."""

    def __init__(self, folder):
        self.folder, self.control_port, self.web_port = folder, free_port(), free_port()
        self.tokens = {"mcu_token": secrets.token_hex(16), "web_token": secrets.token_hex(16)}
        self.config = folder / "rollcall.toml"
        self.config.write_text(as_toml({
            "log": {"level": "debug"},
            "control": {"url": f"ws://127.0.0.1:{self.control_port}/control", **self.tokens},
            "mcu": {"name": "mcu-1", "addresses": ["127.0.0.1"]},
            "web": {"listen": f"127.0.0.1:{self.web_port}"},
        }))
        self.running = {}

    def _start(self, name, *command):
        self.running[name] = Process(name, command, self.folder / f"{name}.log").start()
        return self.running[name]

    def start_allocator(self):
        program = BUILD / "tests" / "browser" / "bare_allocator"
        assert program.is_file(), f"{program} is not built"
        allocator = self._start("allocator", program, self.tokens["mcu_token"], self.tokens["web_token"], self.control_port)
        allocator.wait_for_event("control.listening")

    def start_mcu(self):
        self._start("mcu", binary("rollcall-mcu"), "--config", self.config).wait_for_event("conference.started")

    def start_web(self):
        self._start("web", binary("rollcall-web"), "--config", self.config).wait_for_event("control.connected")

    def start(self):
        self.start_allocator()
        self.start_mcu()
        self.start_web()
        return self

    def url(self, link="team.1"):
        return f"http://127.0.0.1:{self.web_port}/j/{link}"

    def people(self):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.web_port}/api/link/team.1", timeout=10) as answer:
            return sorted(json.load(answer)["people"])

    def stop(self):
        codes = {name: process.stop() for name, process in reversed(self.running.items()) if process.alive()}
        assert not any(codes.values()), f"did not end well (exit codes): {codes}"


@pytest.fixture
def house(tmp_path):
    house = House(tmp_path).start()
    yield house
    house.stop()


@pytest.fixture(scope="module")
def chromium(tmp_path_factory):
    browser = Browser(tmp_path_factory.mktemp("browser"))
    yield browser
    browser.stop()


class Windows:
    """The windows that one test opens in the common browser."""

    def __init__(self, chromium):
        self.chromium, self.pages = chromium, []

    def open(self, *arguments):
        self.pages.append(self.chromium.open(*arguments))
        return self.pages[-1]

    def close(self):
        for page in self.pages:
            page.close()


@pytest.fixture
def browser(chromium, house):
    windows = Windows(chromium)
    yield windows
    windows.close()


def state_of(page):
    return page.evaluate("document.getElementById('state').dataset.state")


def waits_for_state(page, state, seconds=30):
    page.wait_for(f"#state[data-state={state}]", seconds)


def opens(browser, house, name, colour=None, tone=None, link="team.1"):
    page = browser.open(name, colour, tone, house.url(link))
    assert page.status == 200
    return page


def joins(browser, house, name, colour=None, tone=None):
    page = opens(browser, house, name, colour, tone)
    waits_for_state(page, "lobby")
    page.fill("#name", name)
    page.click("#join")
    waits_for_state(page, "connected")
    return page


def frames(page):
    counts = page.counts()
    return (counts["video"] or {"frames": 0})["frames"]


def keeps_receiving(page, seconds=10):
    before = frames(page)
    wait_until(lambda: [] if frames(page) > before + 30 else [f"{page.name} receives no more pictures"], seconds)


def test_two_guests_see_and_hear_one_another(house, browser):
    ann = joins(browser, house, "Ann", RED, 440)
    bob = joins(browser, house, "Bob", BLUE, 620)
    for page in (ann, bob):
        sees(page, [RED, BLUE])
        keeps_receiving(page)
    hears(ann, [620], own=440)
    hears(bob, [440], own=620)
    assert house.people() == ["Ann", "Bob"]
    wait_until(lambda: [] if ann.text("#people").split() == ["Ann", "Bob"] else ["Ann's page does not list Bob"])
    mix = ann.evaluate("(({videoWidth, videoHeight}) => [videoWidth, videoHeight])(document.getElementById('mix'))")
    assert mix == [1280, 720]


def test_a_guest_sends_no_more_than_the_page_promises(house, browser):
    ann = joins(browser, house, "Ann", RED, 440)
    sees(ann, [RED])
    sent = ann.evaluate("""senses.connections[0].getSenders().find(s => s.track.kind === 'video').getParameters().encodings""")
    assert [(layer["rid"], layer["maxBitrate"], layer["maxFramerate"]) for layer in sent] == \
        [("low", 150_000, 30), ("middle", 500_000, 30)]
    codec = ann.evaluate("""senses.connections[0].getStats().then(all => [...all.values()]
        .find(s => s.type === 'outbound-rtp' && s.kind === 'video')).then(async out => {
          const all = await senses.connections[0].getStats(); return all.get(out.codecId).mimeType; })""")
    assert codec == "video/VP8"


def decoded_height(house, name, since=0):
    """Lines of somebody's picture as the MCU decodes it, as it said last."""
    said = [event for event in house.running["allocator"].events("leg.health", since=since) if event["name"] == name]
    return int(said[-1]["picture_height"]) if said else None


def decoded_at(house, name, height, since=0):
    def is_so():
        now = decoded_height(house, name, since)
        return [] if now == height else [f"{name} is decoded with {now} lines instead of {height}"]
    wait_until(is_so, 60)


def test_of_the_sizes_that_a_page_sends_the_mcu_decodes_the_one_it_shows(house, browser):
    ann = joins(browser, house, "Ann", RED, 440)
    bob = joins(browser, house, "Bob", BLUE, 620)
    sees(bob, [RED, BLUE])
    decoded_at(house, "Ann", 360)
    decoded_at(house, "Bob", 360)
    allocator = house.running["allocator"]
    os.kill(allocator.pid, signal.SIGUSR2)  # Ann large, Bob beside her
    decoded_at(house, "Bob", 180)
    assert decoded_height(house, "Ann") == 360
    sees(bob, [RED, BLUE])
    began = time.monotonic()
    os.kill(allocator.pid, signal.SIGUSR2)  # Bob large, Ann beside him
    decoded_at(house, "Bob", 360)
    print(f"Bob is large {time.monotonic() - began:.1f} s after he was put in the spotlight")
    decoded_at(house, "Ann", 180)
    sees(ann, [RED, BLUE])
    sent = bob.evaluate("""senses.connections[0].getStats().then(all => [...all.values()]
        .filter(s => s.type === 'outbound-rtp' && s.kind === 'video').map(s => [s.rid, s.framesSent]))""")
    assert sorted(rid for rid, frames in sent if frames > 0) == ["low", "middle"]


def asked_for(page):
    """Bits per second that the page's encoder aims at."""
    return page.evaluate("""senses.connections[0].getStats().then(all => [...all.values()]
        .filter(s => s.type === 'outbound-rtp' && s.kind === 'video').reduce((sum, s) => sum + (s.targetBitrate ?? 0), 0))""")


def test_a_page_that_sends_one_size_sends_less_of_it_for_a_small_tile(house, browser):
    joins(browser, house, "Ann", RED, 440)
    bob = opens(browser, house, "Bob", BLUE, 620)
    waits_for_state(bob, "lobby")
    bob.evaluate("""(add => { RTCPeerConnection.prototype.addTransceiver = function (what, { direction }) {
        return add.call(this, what, { direction }); }; })(RTCPeerConnection.prototype.addTransceiver)""")
    bob.fill("#name", "Bob")
    bob.click("#join")
    waits_for_state(bob, "connected")
    wait_until(lambda: [] if asked_for(bob) > 300_000 else [f"Bob's page aims at {asked_for(bob)} bit/s"], 60)
    os.kill(house.running["allocator"].pid, signal.SIGUSR2)  # Ann large, Bob beside her
    wait_until(lambda: [] if 0 < asked_for(bob) <= 200_000 else [f"Bob's page still aims at {asked_for(bob)} bit/s"], 60)
    assert len(bob.evaluate("senses.connections[0].getSenders().find(s => s.track.kind === 'video').getParameters().encodings")) == 1


def test_without_camera_and_microphone_one_watches_and_listens(house, browser):
    ann = joins(browser, house, "Ann", RED, 440)
    carl = opens(browser, house, "Carl")
    waits_for_state(carl, "lobby")
    wait_until(lambda: [] if "watch and listen" in carl.text("#notice") else ["the page does not say what is missing"])
    carl.click("#join")
    waits_for_state(carl, "connected")
    sees(carl, [RED])
    hears(carl, [440])
    assert carl.evaluate("document.getElementById('mute').disabled") is True
    sees(ann, [RED])


def test_mute_and_camera_act_at_once_and_back(house, browser):
    ann = joins(browser, house, "Ann", RED, 440)
    bob = joins(browser, house, "Bob", BLUE, 620)
    sees(bob, [RED, BLUE])
    hears(bob, [440])
    ann.click("#mute")
    hears(bob, [], absent=[440])
    ann.click("#camera")
    sees(bob, [BLUE], absent=[RED])
    ann.click("#mute")
    ann.click("#camera")
    sees(bob, [RED, BLUE])
    hears(bob, [440])
    assert state_of(ann) == "connected"


def test_who_leaves_is_gone_from_the_picture_and_can_come_back(house, browser):
    ann = joins(browser, house, "Ann", RED, 440)
    bob = joins(browser, house, "Bob", BLUE, 620)
    sees(ann, [RED, BLUE])
    bob.click("#leave")
    assert bob.text("#over-text") == "You have left the conference."
    sees(ann, [RED], absent=[BLUE])
    wait_until(lambda: [] if house.people() == ["Ann"] else ["Bob is still listed"])
    bob.click("#again")
    wait_until(lambda: [] if not bob.evaluate("document.getElementById('join').disabled") else ["Join is disabled"])
    bob.click("#join")
    waits_for_state(bob, "connected")
    sees(ann, [RED, BLUE])


def test_closing_the_page_leaves_the_conference(house, browser):
    ann = joins(browser, house, "Ann", RED, 440)
    bob = joins(browser, house, "Bob", BLUE, 620)
    sees(ann, [RED, BLUE])
    bob.goto(house.url().replace("/j/team.1", "/page/icon.svg"))
    wait_until(lambda: [] if house.people() == ["Ann"] else ["Bob is still listed"], seconds=10)
    sees(ann, [RED], absent=[BLUE])


@pytest.mark.parametrize("link, sentence", [("forged.1", "not valid"), ("expired.1", "expired")])
def test_a_link_that_is_no_good_says_so_and_cannot_be_used(house, browser, link, sentence):
    page = opens(browser, house, "Ann", RED, 440, link)
    waits_for_state(page, "refused")
    assert sentence in page.text("#notice")
    assert page.evaluate("document.getElementById('join').disabled") is True


@pytest.mark.parametrize("link, sentence", [("full.1", "full"), ("slow.1", "did not answer in time")])
def test_a_conference_that_takes_nobody_says_why_and_may_be_tried_again(house, browser, link, sentence):
    page = opens(browser, house, "Ann", RED, 440, link)
    waits_for_state(page, "lobby")
    page.click("#join")
    wait_until(lambda: [] if sentence in page.text("#notice") else ["the page does not say why"], seconds=25)
    assert page.evaluate("document.getElementById('join').disabled") is False


def test_the_end_of_the_conference_is_told(house, browser):
    ann = joins(browser, house, "Ann", RED, 440)
    os.kill(house.running["allocator"].pid, signal.SIGUSR1)
    waits_for_state(ann, "ended", 10)
    assert ann.text("#over-text") == "The conference has been ended."


def test_a_call_goes_on_without_the_allocator_and_nobody_new_gets_in(house, browser):
    ann = joins(browser, house, "Ann", RED, 440)
    sees(ann, [RED])
    house.running["allocator"].kill()
    wait_until(lambda: [] if "restarting" in ann.text("#state") else ["the page does not notice"], seconds=40)
    keeps_receiving(ann)
    assert state_of(ann) == "connected"
    late = opens(browser, house, "Late", BLUE, 620)
    waits_for_state(late, "refused")
    assert "try again" in late.text("#notice")


def test_after_the_door_was_restarted_the_page_joins_again_by_itself(house, browser):
    ann = joins(browser, house, "Ann", RED, 440)
    bob = joins(browser, house, "Bob", BLUE, 620)
    sees(bob, [RED, BLUE])
    house.running["web"].kill()
    keeps_receiving(ann)  # the door carries no media
    house.start_web()
    for page in (ann, bob):
        wait_until(lambda page=page: [] if len(page.evaluate("senses.connections.map(c => c.connectionState)")) > 1 else
                   [f"{page.name} has not joined again"], seconds=40)
        waits_for_state(page, "connected", 40)
        sees(page, [RED, BLUE])


def test_after_the_mcu_was_killed_the_page_joins_the_next_one_by_itself(house, browser):
    ann = joins(browser, house, "Ann", RED, 440)
    sees(ann, [RED])
    house.running["mcu"].kill()
    waits_for_state(ann, "reconnecting", 40)
    house.start_mcu()
    waits_for_state(ann, "connected", 60)
    sees(ann, [RED])


def test_a_lost_connection_is_mended_by_an_ice_restart_of_the_same_call(house, browser):
    ann = joins(browser, house, "Ann", RED, 440)
    sees(ann, [RED])
    ufrag = "senses.connections[0].localDescription.sdp.match(/ice-ufrag:(.*)/)[1]"
    before = ann.evaluate(ufrag)
    ann.evaluate("""(pc => { Object.defineProperty(pc, 'connectionState', { configurable: true, get: () => 'failed' });
        pc.onconnectionstatechange(); })(senses.connections[0])""")
    wait_until(lambda: [] if ann.evaluate(ufrag) != before else ["no ICE restart"])
    ann.evaluate("void delete senses.connections[0].connectionState")
    waits_for_state(ann, "connected", 30)
    keeps_receiving(ann)
    assert len(ann.evaluate("senses.connections.map(c => c.connectionState)")) == 1
    assert house.people() == ["Ann"]


def test_the_page_is_its_own_and_shows_what_the_test_can_see(house, browser):
    ann = joins(browser, house, "Ann", GREEN, 440)
    sees(ann, [GREEN])
    outside = ann.evaluate("performance.getEntriesByType('resource').map(e => e.name).filter(n => !n.startsWith(location.origin))")
    assert outside == []
    shown = ann.evaluate("""(() => { const mix = document.getElementById('mix'), c = document.createElement('canvas');
        [c.width, c.height] = [mix.videoWidth, mix.videoHeight]; const x = c.getContext('2d'); x.drawImage(mix, 0, 0);
        return [...x.getImageData(c.width / 2, c.height / 4, 1, 1).data].slice(0, 3); })()""")
    assert near(shown, rgb(GREEN)), shown
