"""Headless Chromium with pages of the test's choosing, driven through tests/browser/driver.js."""

import base64
import itertools
import json
import os
import queue
import subprocess
import tempfile
import threading
import time
from pathlib import Path

from .process import _end_with_the_test
from .xmpp_server import PROJECT

FOLDER = PROJECT / "tests" / "browser"


class Browser:
    """One Chromium. Answers come on a thread of their own; each page belongs to the test that opened it."""

    def __init__(self, folder, prefix=()):
        assert (FOLDER / "node_modules").is_dir(), f"npm ci --prefix {FOLDER} installs what the browser tests need"
        self.log = open(Path(folder) / "browser.log", "w", encoding="utf-8")
        # Chromium leaves folders where TMPDIR points; a short path, because it makes sockets there.
        self.scratch = tempfile.TemporaryDirectory(prefix="chromium-", ignore_cleanup_errors=True)
        self.child = subprocess.Popen([*prefix, "node", str(FOLDER / "driver.js")], stdin=subprocess.PIPE,
                                      stdout=subprocess.PIPE, stderr=self.log, text=True,
                                      env={**os.environ, "TMPDIR": self.scratch.name},
                                      preexec_fn=_end_with_the_test)
        self.ids, self.waiting, self.ready = itertools.count(1), {}, queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()
        assert self.ready.get(timeout=60), f"the browser did not start, see {self.log.name}"

    def _read(self):
        for line in self.child.stdout:
            answer = json.loads(line)
            if answer.get("ready"):
                self.ready.put(True)
            else:
                self.waiting.pop(answer["id"]).put(answer)
        self.ready.put(False)
        for waiting in list(self.waiting.values()):
            waiting.put({"error": "the browser has ended"})

    def ask(self, page, command, *arguments, seconds=100):
        number, answers = next(self.ids), queue.Queue()
        self.waiting[number] = answers
        self.child.stdin.write(json.dumps({"id": number, "page": page, "do": command, "with": arguments}) + "\n")
        self.child.stdin.flush()
        try:
            answer = answers.get(timeout=seconds)
        except queue.Empty:
            raise AssertionError(f"{page}: no answer to {command} within {seconds} s") from None
        if "error" in answer:
            raise PageError(f"{page}: {command}: {answer['error']}")
        return answer["result"]

    def open(self, name, colour=None, tone=None, url=None):
        page = Page(self, name, colour, tone)
        page.status = self.ask(name, "open", {"colour": colour, "tone": tone, "url": url})["status"]
        return page

    def participant(self, server, user, colour, tone):
        """A page with a Jabber user logged in by stanza.js over the server's websocket."""
        page = self.open(user, colour, tone)
        page.jid = page.participant("login", {"jid": f"{user}@{server.domain}", "password": server.password(user),
                                              "websocket": server.websocket})
        return page

    def stop(self):
        if self.child.poll() is None:
            self.child.terminate()
        self.child.wait(20)
        self.log.close()
        self.scratch.cleanup()


class PageError(AssertionError):
    """The page threw, or what was asked of it is not there."""


class Page:
    """One person's browser window, with his camera's colour and his microphone's tone."""

    def __init__(self, browser, name, colour, tone):
        self.browser, self.name, self.colour, self.tone = browser, name, colour, tone

    def __getattr__(self, command):
        if command in {"close", "goto", "evaluate", "fill", "click", "text", "screenshot", "offline", "participant", "senses"}:
            return lambda *arguments, **keywords: self.browser.ask(self.name, command, *arguments, **keywords)
        raise AttributeError(command)

    def wait_for(self, selector, seconds=20):
        return self.browser.ask(self.name, "waitFor", selector, seconds * 1000, seconds=seconds + 5)

    def calls(self, jid, how="propose", video=True):
        return self.participant(how, jid, {"audio": True, "video": video})

    def events(self, kind=None):
        return [e for e in self.participant("events") if kind is None or e["kind"] == kind]

    def waits_for_event(self, kind, seconds=20, **fields):
        deadline = time.monotonic() + seconds
        while True:
            for event in self.events(kind):
                if all(event.get(k) == v for k, v in fields.items()):
                    return event
            assert time.monotonic() < deadline, f"{self.name}: no '{kind}' {fields}; there was {self.events()[-12:]}"
            time.sleep(0.1)

    def counts(self):
        return self.senses("counts")

    def looks(self, **options):
        return self.senses("look", options)

    def hears(self, hertz, ms=1200):
        """frequency → level in dB (-200: nothing at all)."""
        heard = self.senses("hear", {"hertz": list(hertz), "ms": ms})
        return dict(zip(hertz, heard["levels"])) if heard else {h: -200.0 for h in hertz}

    def saves_picture(self, path):
        """The received picture as a PNG."""
        seen = self.looks(png=True)
        assert seen and seen["png"], f"{self.name} receives no picture"
        Path(path).write_bytes(base64.b64decode(seen["png"].split(",")[1]))
        return path
