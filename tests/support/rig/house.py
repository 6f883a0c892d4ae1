"""The web door, the MCU and a bare allocator without XMPP, and guests on the join page."""

import json
import secrets
import urllib.request

from rig.installation import BUILD, as_toml, binary
from rig.ports import free_port
from rig.process import Process
from rig.senses import wait_until


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
