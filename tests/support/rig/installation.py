"""Rollcall's own processes, with generated settings, beside one XMPP server."""

import json
import os
import secrets
import subprocess
from pathlib import Path

from .ports import free_port
from .process import Process
from .xmpp_server import PROJECT

BUILD = Path(os.environ.get("ROLLCALL_BUILD", PROJECT / "build"))


def binary(name):
    """The built program; one that was not built is a failure and never a reason to skip."""
    folder = {"rollcall": "xmpp-component", "rollcall-mcu": "mcu", "rollcall-web": "web", "rollcall-sip": "sip",
              "rollcall-probe": "probe", "rollcallctl": "ctl"}[name]
    path = BUILD / folder / name
    assert path.is_file(), f"{path} is not built; ninja -C {BUILD} builds it (ROLLCALL_BUILD names another folder)"
    return path


def as_toml(settings):
    """JSON's strings, numbers, booleans and lists are TOML's too."""
    lines = []
    for section, options in settings.items():
        lines.append(f"[{section}]")
        lines += [f"{key} = {json.dumps(value)}" for key, value in options.items()]
    return "\n".join(lines) + "\n"


def tables(name, records):
    """[[name]] … of TOML."""
    return "".join(f"\n[[{name}]]\n" + "".join(f"{key} = {json.dumps(value)}\n" for key, value in record.items()) for record in records)


class Installation:
    """`rollcall`, any number of MCUs, a web door and a SIP door over one settings file in `folder`."""

    def __init__(self, folder, server, prefix=(), media_address="127.0.0.1", base_url=None, **overrides):
        self.folder, self.server, self.prefix = Path(folder), server, list(prefix)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.control_port, self.web_port = free_port(), free_port()
        self.media_address = media_address
        self.base_url = base_url or f"http://127.0.0.1:{self.web_port}"
        self.transcript = self.folder / "transcript.jsonl"
        self.settings = self._standard(media_address)
        for section, options in overrides.items():
            self.settings.setdefault(section, {}).update(options)
        self.gateways, self.sip_accounts, self.sip_port = [], [], free_port()
        self.config = self.folder / "rollcall.toml"
        self.processes = []

    def _standard(self, media_address):
        return {
            "log": {"level": "debug"},
            "xmpp": {"domain": self.server.component, "host": "127.0.0.1", "port": self.server.component_port,
                     "secret": self.server.secret},
            "conference": {},
            "store": {"url": f"sqlite:{self.folder}/rollcall.db"},
            "control": {"listen": f"127.0.0.1:{self.control_port}", "url": f"ws://127.0.0.1:{self.control_port}/control",
                        "mcu_token": secrets.token_hex(16), "web_token": secrets.token_hex(16),
                        "sip_token": secrets.token_hex(16), "operator_token": secrets.token_hex(16),
                        "transcript": str(self.transcript)},
            "links": {"base_url": self.base_url, "key": secrets.token_hex(32)},
            "mcu": {"addresses": [media_address], "figures_seconds": 5, "workers": 1, "calibrate": False},
            "web": {"listen": f"127.0.0.1:{self.web_port}"},
        }

    def write_settings(self):
        """At once or not at all: a process that was started a moment ago may be reading."""
        fresh = self.config.with_suffix(".new")
        fresh.write_text(as_toml(self.settings) + tables("gateway", self.gateways) + tables("sip_account", self.sip_accounts))
        fresh.chmod(0o600)
        fresh.replace(self.config)

    def process(self, program, log_name=None, *arguments):
        self.write_settings()
        name = log_name or program
        process = Process(name, [*self.prefix, binary(program), "--config", self.config, *arguments],
                          self.folder / f"{name}.log")
        self.processes.append(process)
        return process.start()

    def start_rollcall(self, connected=True):
        """`rollcall` itself; waits until it takes peers and, unless told otherwise, until the server let it in."""
        self.rollcall = self.process("rollcall")
        self.rollcall.wait_for_event("control.listening")
        if connected:
            self.rollcall.wait_for_event("xmpp.online", 120)
        return self.rollcall

    def check(self, **overrides):
        """`rollcall --check`, with these settings changed (xmpp_secret="…"): its exit code and its lines."""
        self.write_settings()
        words = [f"--set={name.replace('_', '.', 1)}={value}" for name, value in overrides.items()]
        done = subprocess.run([*self.prefix, binary("rollcall"), "--config", self.config, "--check", *words],
                              capture_output=True, text=True, timeout=120)
        return done.returncode, done.stdout.splitlines()

    def operator(self, *words):
        """`rollcallctl`: its exit code, what it printed, and what it complained of."""
        done = subprocess.run([*self.prefix, binary("rollcallctl"), "--config", self.config, *words],
                              capture_output=True, text=True, timeout=60)
        return done.returncode, done.stdout, done.stderr

    def start_mcu(self, name="mcu-1", *arguments):
        mark = self.rollcall.mark()
        mcu = self.process("rollcall-mcu", name, "--set", f"mcu.name={name}", *arguments)
        self.rollcall.wait_for(lambda line: "event=peer.up" in line and "role=mcu" in line, 120, since=mark)
        return mcu

    def start_web(self):
        mark = self.rollcall.mark()
        self.web = self.process("rollcall-web")
        self.web.wait_for_event("web.listening")
        self.rollcall.wait_for(lambda line: "event=peer.up" in line and "role=web" in line, since=mark)
        return self.web

    def start_sip(self, gateways=(), accounts=()):
        """The SIP door, with these records of [[gateway]] and [[sip_account]]; waits until `rollcall` knows them."""
        self.gateways, self.sip_accounts = list(gateways), list(accounts)
        self.settings.setdefault("sip", {}).update({"listen": f"127.0.0.1:{self.sip_port}", "plain_accounts": True})
        mark = self.rollcall.mark()
        self.sip = self.process("rollcall-sip")
        self.sip.wait_for_event("control.connected", 60)
        self.rollcall.wait_for(lambda line: "event=peer.up" in line and "role=sip" in line, 60, since=mark)
        return self.sip

    def start(self, mcu=True, web=True):
        self.start_rollcall()
        if mcu:
            self.mcu = self.start_mcu()
        if web:
            self.start_web()
        return self

    def stop(self):
        """Ends what was started, last first; every process must end well by itself."""
        codes = {}
        for process in reversed(self.processes):
            was_alive = process.alive()
            code = process.stop()
            if was_alive:
                codes[process.name] = code
        self.processes.clear()
        bad = {name: code for name, code in codes.items() if code != 0}
        assert not bad, f"processes that did not end well after SIGTERM (exit code): {bad}"
