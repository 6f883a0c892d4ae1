"""One person's desktop: a screen, a bus, a window manager, sound devices with a tone in the microphone, a camera."""

import itertools
import os
import subprocess
import time
from pathlib import Path

import numpy
from PIL import Image

from rig.process import Process
from rig.senses import LOUD

HERE = Path(__file__).resolve().parent
SCREEN = (1280, 800)
displays = itertools.count(80)


def wait_for(look, what, seconds=30, pause=0.1):
    """Calls `look` until it answers something; that is the answer."""
    deadline = time.monotonic() + seconds
    while not (found := look()):
        assert time.monotonic() < deadline, f"{what} did not come about within {seconds} s"
        time.sleep(pause)
    return found


def build_camera(folder):
    """tests/desktop/camera.c as a program; the packages of the test list have what it needs."""
    flags = subprocess.run(["pkg-config", "--cflags", "--libs", "libpipewire-0.3"], check=True, capture_output=True, text=True)
    program = Path(folder) / "camera"
    subprocess.run(["cc", "-O2", "-Wall", "-Wextra", "-o", program, HERE / "camera.c", *flags.stdout.split()], check=True)
    return program


class Session:
    """Everything in `folder`: home, sockets, logs. Owned by a fixture; `stop` ends its processes, last first."""

    def __init__(self, folder, camera, colour="#d02020", tone=440):
        self.folder, self.camera, self.colour, self.tone = Path(folder), camera, colour, tone
        self.home, self.sockets = self.folder / "home", self.folder / "run"
        for path in (self.home / ".config", self.home / ".local/share", self.home / ".cache", self.sockets):
            path.mkdir(parents=True)
        self.sockets.chmod(0o700)
        self.display = next(displays)
        self.processes = []

    @property
    def environment(self):
        return {
            "HOME": str(self.home), "XDG_RUNTIME_DIR": str(self.sockets), "XDG_CONFIG_HOME": f"{self.home}/.config",
            "XDG_DATA_HOME": f"{self.home}/.local/share", "XDG_CACHE_HOME": f"{self.home}/.cache",
            "DISPLAY": f":{self.display}", "DBUS_SESSION_BUS_ADDRESS": f"unix:path={self.sockets}/bus",
            "PIPEWIRE_REMOTE": "pipewire-0", "PULSE_SERVER": f"unix:{self.sockets}/pulse/native",
            "LIBGL_ALWAYS_SOFTWARE": "1", "GSK_RENDERER": "cairo", "GDK_BACKEND": "x11", "NO_AT_BRIDGE": "1", "LANG": "C.UTF-8",
        }

    def process(self, name, *command, **environment):
        process = Process(name, command, self.folder / f"{name}.log", {**self.environment, **environment}, self.home)
        self.processes.append(process)
        return process.start()

    def run(self, *command, seconds=20, check=True):
        """A short command on this desktop; what it printed."""
        done = subprocess.run([str(word) for word in command], env={**os.environ, **self.environment}, cwd=self.home,
                              capture_output=True, text=True, timeout=seconds)
        assert done.returncode == 0 or not check, f"{command} ended with {done.returncode}: {done.stderr}"
        return done.stdout

    def succeeds(self, *command):
        return subprocess.run([str(word) for word in command], env={**os.environ, **self.environment},
                              capture_output=True, timeout=20).returncode == 0

    def start(self):
        self._screen()
        self._sound()
        if self.camera:
            self._camera()
        return self

    def _screen(self):
        self.process("xvfb", "Xvfb", f":{self.display}", "-screen", "0", f"{SCREEN[0]}x{SCREEN[1]}x24", "-nolisten", "tcp",
                     "-nolock")
        wait_for(lambda: self.succeeds("xdotool", "getdisplaygeometry"), "the screen")
        self.process("dbus", "dbus-daemon", "--session", f"--address=unix:path={self.sockets}/bus", "--nofork", "--nopidfile")
        wait_for((self.sockets / "bus").exists, "the session bus")
        self.process("openbox", "openbox")

    def _sound(self):
        self.process("pipewire", "pipewire")
        wait_for((self.sockets / "pipewire-0").exists, "PipeWire's socket")
        self.process("wireplumber", "wireplumber")
        self.process("pipewire-pulse", "pipewire-pulse")
        wait_for(lambda: self.succeeds("pactl", "info"), "the sound server")
        self.run("pactl", "load-module", "module-null-sink", "sink_name=speaker")
        self.run("pactl", "load-module", "module-null-sink", "sink_name=micsink")
        self.run("pactl", "load-module", "module-remap-source", "master=micsink.monitor", "source_name=mic")
        wait_for(lambda: "\tmic\t" in self.run("pactl", "list", "short", "sources"), "the microphone")
        self.run("pactl", "set-default-sink", "speaker")
        self.run("pactl", "set-default-source", "mic")
        self._speak()
        self.hears([self.tone], device="mic")

    def _speak(self):
        """The tone comes and goes four times a second, as syllables do: of a steady one Dino's noise suppression and echo
        canceller take away 17 dB, and more when the machine is busy; of this one 4."""
        second = numpy.arange(48000) / 48000
        syllables = 1 - 0.7 * (0.5 - 0.5 * numpy.cos(2 * numpy.pi * 4 * second))
        spoken = self.folder / "spoken.raw"
        spoken.write_bytes((0.25 * 32767 * syllables * numpy.sin(2 * numpy.pi * self.tone * second)).astype("<i2").tobytes())
        self.process("tone", "sh", "-c", f"while cat '{spoken}'; do :; done"
                     " | pacat --raw --device=micsink --rate=48000 --channels=1 --format=s16le")

    def _camera(self):
        self.process("camera", self.camera, self.colour.lstrip("#"))
        wait_for(lambda: "Camera of the test" in self.run("pw-cli", "ls", "Node"), "the camera")

    def record(self, seconds, device="speaker.monitor"):
        """What comes out of the loudspeaker: samples between -1 and 1, 48000 a second."""
        child = subprocess.Popen(["parec", f"--device={device}", "--format=s16le", "--rate=48000", "--channels=1",
                                  "--latency-msec=50"], stdout=subprocess.PIPE, env={**os.environ, **self.environment})
        try:
            data = child.stdout.read(int(seconds * 48000) * 2)
        finally:
            child.terminate()
            child.wait(10)
        return numpy.frombuffer(data, dtype="<i2") / 32768

    def levels(self, tones, seconds=1.5, device="speaker.monitor"):
        """frequency → level in dB below full scale, over the middle one of its tenths of a second (a gap would ring at every frequency)."""
        samples = self.record(seconds, device)
        block = 4800
        blocks = [samples[i:i + block] * numpy.hanning(block) for i in range(0, len(samples) - block + 1, block)]
        levels = {}
        for tone in tones:
            wave = numpy.exp(-2j * numpy.pi * tone * numpy.arange(block) / 48000)
            level = numpy.median([abs(numpy.dot(part, wave)) * 4 / block for part in blocks])
            levels[tone] = 20 * numpy.log10(max(level, 1e-10))
        return levels

    def hears(self, tones, own=None, device="speaker.monitor", seconds=30):
        """Waits until every tone comes out of the loudspeaker, the own one far below the others; the levels.

        Between the tones a busy machine's gaps and stretches leave -45 dB, so that the own one is judged by the others.
        """
        def listen():
            self.heard = self.levels([*tones, *([own] if own else [])], device=device)
            quietest = min(self.heard[tone] for tone in tones)
            return self.heard if quietest > LOUD and (own is None or self.heard[own] < quietest - 20) else None
        try:
            return wait_for(listen, f"{tones} Hz at {device}, and not {own}", seconds)
        except AssertionError as error:
            raise AssertionError(f"{error}; heard (dB) {self.heard}") from None

    def screenshot(self, path):
        self.run("import", "-silent", "-window", "root", f"png:{path}")
        return Path(path)

    def looks(self, columns=64, rows=40):
        """The screen as `rig.senses` judges pictures."""
        with Image.open(self.screenshot(self.folder / "screen.png")) as picture:
            picture = picture.convert("RGB")
            cells = [picture.getpixel((int((x + 0.5) * picture.width / columns), int((y + 0.5) * picture.height / rows)))
                     for y in range(rows) for x in range(columns)]
        return {"width": SCREEN[0], "height": SCREEN[1], "columns": columns, "rows": rows, "cells": cells}

    def clicks(self, x, y, button=1):
        self.run("xdotool", "mousemove", x, y, "click", button)

    def presses(self, *keys):
        self.run("xdotool", "key", *keys)

    def stop(self):
        for process in reversed(self.processes):
            if process.alive():
                process.child.terminate()
                try:
                    process.wait(5)
                except subprocess.TimeoutExpired:
                    process.kill()
        self.processes.clear()
