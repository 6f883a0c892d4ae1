"""Janus AudioBridge with plain-RTP participants, for comparison."""

import itertools
import json
import os
import shutil
import tempfile
import threading
import time
import urllib.request
from pathlib import Path

from rig.ports import free_port, wait_for_port
from rig.process import Process

import measure

LIBRARY = Path("/usr/lib/x86_64-linux-gnu/janus")
ROOM = 1

MAIN = """general: {{ configs_folder = "{folder}" plugins_folder = "{folder}/plugins" transports_folder = "{folder}/transports"
  events_folder = "{folder}/events" loggers_folder = "{folder}/loggers" debug_level = 2 session_timeout = 0 }}
nat: {{ }}
media: {{ }}
"""
HTTP = """general: {{ json = "compact" base_path = "/janus" http = true port = {port} ip = "127.0.0.1" }}
admin: {{ admin_http = false }}
"""
BRIDGE = """general: {{ local_ip = "127.0.0.1" rtp_port_range = "{low}-{high}" }}
room-1: {{ description = "bench" sampling_rate = "48000" audiolevel_ext = true audiolevel_event = false record = false
  allow_rtp_participants = true default_expectedloss = 0 }}
"""


class Janus:
    """A Janus of our own with nothing but the AudioBridge and its HTTP interface."""

    def __init__(self, folder):
        assert shutil.which("janus"), "Janus is not installed; tools/install-packages bench"
        for kind in ("plugins", "transports", "events", "loggers"):
            (folder / kind).mkdir()
        for library in ("plugins/libjanus_audiobridge.so", "transports/libjanus_http.so"):
            os.symlink(LIBRARY / library, folder / library)
        self.port, low = free_port(), 20000 + os.getpid() % 1000 * 10
        (folder / "janus.jcfg").write_text(MAIN.format(folder=folder))
        (folder / "janus.transport.http.jcfg").write_text(HTTP.format(port=self.port))
        (folder / "janus.plugin.audiobridge.jcfg").write_text(BRIDGE.format(low=low, high=low + 2000))
        self.process = Process("janus", ["janus", "-F", folder, "-C", folder / "janus.jcfg"], folder / "janus.log").start()
        wait_for_port(self.port, self.process.alive, 30)
        self.numbers = itertools.count(1)
        self.session = self.ask("", janus="create")["data"]["id"]

    @property
    def pid(self):
        return self.process.pid

    def ask(self, path, **body):
        body["transaction"] = str(next(self.numbers))
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}/janus{path}", json.dumps(body).encode(),
                                         {"Content-Type": "application/json"})
        return json.load(urllib.request.urlopen(request, timeout=30))

    def join(self, port):
        """A participant that receives at `port`; answers where it has to send to."""
        handle = self.ask(f"/{self.session}", janus="attach", plugin="janus.plugin.audiobridge")["data"]["id"]
        self.ask(f"/{self.session}/{handle}", janus="message",
                 body={"request": "join", "room": ROOM, "codec": "opus", "bitrate": 32000, "quality": 4,
                       "rtp": {"ip": "127.0.0.1", "port": port, "payload_type": 111, "audiolevel_ext": 1}})
        while True:
            event = json.load(urllib.request.urlopen(f"http://127.0.0.1:{self.port}/janus/{self.session}?maxev=1", timeout=30))
            for one in event if isinstance(event, list) else [event]:
                data = one.get("plugindata", {}).get("data", {})
                assert "error" not in data, f"Janus: {data['error']}"
                if one.get("sender") == handle and "rtp" in data:
                    return data["rtp"]["port"]


def answer(load, janus, fifo, people):
    """Takes the load's participants into Janus as they ask."""
    seen = 0
    while seen < people and load.alive():
        asked = load.events("bench.leg")
        for pairs in asked[seen:]:
            with open(fifo, "w", encoding="ascii") as answers:
                answers.write(f"{pairs['leg']} {janus.join(int(pairs['port']))}\n")
        seen = len(asked)
        time.sleep(0.002)


def run(machine, options, people, seconds):
    """As measure.run, but Janus is measured."""
    with tempfile.TemporaryDirectory(prefix="rollcall-bench-") as name:
        folder = Path(name)
        fifo = folder / "answers"
        os.mkfifo(fifo)
        janus = load = None
        try:
            janus = Janus(folder)
            load = measure.Load(machine, folder, [*map(str, options), "--answers", fifo, "--seconds", str(seconds)]).start()
            threading.Thread(target=answer, args=(load, janus, fifo, people), daemon=True).start()
            return measure.figures_of(load, janus.process, seconds, measure.Watcher())
        finally:
            measure.stop(load, janus and janus.process)
