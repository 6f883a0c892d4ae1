#!/usr/bin/python3
"""The part of ./demo behind the package installation: builds, starts, shows, checks, ends."""

import argparse
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "support"))

from demo_words import Words  # noqa: E402
from rig.installation import Installation  # noqa: E402
from rig.ports import listens  # noqa: E402
from rig.probe import Probe, words_of  # noqa: E402
from rig.prosody import Prosody  # noqa: E402
from tls_front import TlsFront, make_certificate  # noqa: E402

FOLDER = ROOT / ".demo"
PORTS = {"c2s": 15222, "http": 15280, "component": 15347, "control": 15340, "web": 15380, "https": 15443}
USUAL_C2S_PORT = 5222  # for clients that take no port number, if nobody else has it
PROGRAMS = ["xmpp-component/rollcall", "mcu/rollcall-mcu", "web/rollcall-web", "probe/rollcall-probe"]
PEOPLE = [("anna", "Anna", "#c03030", 440), ("ben", "Ben", "#3050c0", 620), ("clara", "Clara", "#30a050", 850)]
CONFERENCE = "demo"
PASSWORD = "demo"


class Failed(Exception):
    """Something that the person at the keyboard should read; a sentence."""


def build(words):
    """The four programs; what the compiler says is shown only when it fails."""
    environment = {**os.environ}
    if not (ROOT / "build" / "build.ninja").exists():
        words.step("Configuring the build")
        done = subprocess.run(["meson", "setup", "build"], cwd=ROOT, env=environment, capture_output=True, text=True)
        if done.returncode != 0:
            raise Failed(f"The build could not be configured:\n{done.stdout[-3000:]}{done.stderr[-2000:]}")
    words.step("Building (some minutes the first time)")
    ninja = subprocess.Popen(["ninja", "-C", "build", *PROGRAMS], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                             text=True)
    lines = []
    for line in ninja.stdout:
        lines.append(line)
        if match := re.match(r"\[(\d+)/(\d+)\]", line):
            words.progress(int(match[1]), int(match[2]))
    words.progress_done()
    if ninja.wait() != 0:
        raise Failed("The build failed:\n" + "".join(lines[-40:]))


def check_ports(lan):
    for what, port in PORTS.items():
        for address in {"127.0.0.1", lan or "127.0.0.1"}:
            if listens(port, address):
                raise Failed(f"Port {port} ({what}) of {address} is in use by another program. Is another ./demo running?")


def own_addresses(lan):
    """Where media may arrive: loopback for what runs here, and the machine's own for clients that never use loopback."""
    found = subprocess.run(["hostname", "-I"], capture_output=True, text=True).stdout.split()
    others = [lan] if lan else [address for address in found if ":" not in address]
    return list(dict.fromkeys(["127.0.0.1", *others]))


class Demo:
    """Everything that one ./demo starts. Ends in the reverse order."""

    def __init__(self, words, lan):
        self.words, self.lan = words, lan
        self.host = lan or "127.0.0.1"
        self.running, self.probes = [], []

    def start(self):
        shutil.rmtree(FOLDER, ignore_errors=True)
        FOLDER.mkdir()
        check_ports(self.lan)
        certificate = make_certificate(FOLDER, ["localhost", "call.localhost"], [self.host, "127.0.0.1"])
        self.words.step("Starting Prosody, rollcall, rollcall-mcu and rollcall-web")
        self.server = Prosody(FOLDER / "prosody", domain="localhost", component="call.localhost", strangers="elsewhere.localhost",
                              certificate=certificate, also_at=[self.lan] if self.lan else [])
        self.server.c2s_port, self.server.http_port = PORTS["c2s"], PORTS["http"]
        self.has_usual_port = not listens(USUAL_C2S_PORT)
        self.server.further_c2s_ports = [USUAL_C2S_PORT] if self.has_usual_port else []
        self.server.component_port = PORTS["component"]
        self.running.append(self.server)
        self.server.start()
        for user in ("you", "phone", *(user for user, *_ in PEOPLE)):
            self.server.add_user(user, password=PASSWORD)
        self.server.password = lambda user: PASSWORD
        self.front = TlsFront(self.host, PORTS["https"], PORTS["web"], certificate)
        self.running.append(self.front)
        self.front.start()
        self.start_rollcall()

    def start_rollcall(self):
        base_url = f"https://{self.host}:{PORTS['https']}" if self.lan else f"http://localhost:{PORTS['web']}"
        rollcall = Installation(FOLDER / "rollcall", self.server, base_url=base_url, log={"level": "information"},
                                mcu={"addresses": own_addresses(self.lan)},
                                control={"listen": f"127.0.0.1:{PORTS['control']}", "transcript": "",
                                         "url": f"ws://127.0.0.1:{PORTS['control']}/control"},
                                web={"listen": f"127.0.0.1:{PORTS['web']}"})
        self.rollcall = rollcall
        self.running.append(rollcall)
        rollcall.start()

    def ask(self, to, text, reply):
        """What the service answers to a chat line of the account `you`."""
        folder = FOLDER / "asking"
        folder.mkdir(exist_ok=True)
        probe = Probe(self.server, "you", folder, "--send", to, "--expect-reply", reply, text).start()
        try:
            message = probe.waits_for("message", seconds=30, body="")
            probe.process.wait(30)
            return message["body"]
        finally:
            probe.stop()

    def fill_the_conference(self, once):
        """Three people wait for an invitation; then the conference is asked for, and they call it."""
        self.words.step("Three people log in; one chat line invites them into a conference")
        for number, (user, name, colour, tone) in enumerate(PEOPLE):
            others = [person for person in PEOPLE if person[0] != user]
            options = {"name": name, "wait_invite": True, "timeout": 60, "video_kbit": 300, "media_address": "127.0.0.1",
                       "snapshot": FOLDER / f"mix-{user}.png"}
            options |= {"seconds": 12, "hold": 3} if once else {"stay": True, "snapshot_every": 2}
            probe = Probe(self.server, user, FOLDER, *words_of(options), colour=colour, tone=tone,
                          sees=[c for _, _, c, _ in others], hears=[t for *_, t in others])
            self.probes.append(probe)
            probe.start().waits_for("login", seconds=30)
        people = " ".join(f"{user}@localhost" for user in ("phone", *(user for user, *_ in PEOPLE)))
        answer = self.ask("rollcall@call.localhost", f"call {CONFERENCE}: {people}", "is ready")
        if not (found := re.search(r"https?://\S+/j/\S+", answer)):
            raise Failed(f"The service did not start a conference. It said: {answer}")
        self.link = found[0].rstrip(".,")
        for probe in self.probes:
            probe.waits_for("connected", seconds=60)

    def end(self):
        for probe in self.probes:
            if probe.process.alive():
                probe.process.child.send_signal(signal.SIGTERM)
        for part in [*self.probes, *reversed(self.running)]:
            try:
                part.stop()
            except AssertionError as error:
                print(error, file=sys.stderr)

    def watch(self):
        """Until Ctrl-C. A part that ends by itself is named."""
        while True:
            time.sleep(1)
            parts = [*self.rollcall.processes, self.server.process, *(probe.process for probe in self.probes)]
            for process in parts:
                if not process.alive():
                    raise Failed(f"{process.name} has ended unexpectedly; its log is {process.log_path}")


def once(demo, words):
    """Waits for the three reports; whether each saw and heard the others and not itself."""
    words.step("Each of the three looks and listens for 12 seconds")
    reports = {probe.user: probe.report(90) for probe in demo.probes}
    return words.figures(reports, PEOPLE)


def main():
    parser = argparse.ArgumentParser(prog="./demo", description="Shows Rollcall on this machine.")
    parser.add_argument("--once", action="store_true", help="check that all see and hear one another, and end")
    parser.add_argument("--lan", metavar="ADDRESS", help="an address of this machine, for clients elsewhere in the network")
    arguments = parser.parse_args()
    words, demo = Words(), None
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        build(words)
        demo = Demo(words, arguments.lan)
        demo.start()
        demo.fill_the_conference(arguments.once)
        if arguments.once:
            return once(demo, words)
        words.tell_everything(demo, PEOPLE, PORTS, PASSWORD)
        demo.watch()
    except KeyboardInterrupt:
        words.goodbye()
        return 0
    except (Failed, AssertionError) as error:
        print(f"\n{error}\n\nThe logs are in {FOLDER}.", file=sys.stderr)
        return 1
    finally:
        if demo:
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            demo.end()


if __name__ == "__main__":
    sys.exit(main())
