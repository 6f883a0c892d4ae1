"""rollcall-probe as one participant of a test: a Jabber user who sends a colour and a tone, and measures what comes."""

import json

from .installation import binary
from .process import Process


class Probe:
    """One process, ended with `stop()` (SIGTERM: it hangs up and logs out). Its JSON lines are its events."""

    def __init__(self, server, user, folder, *arguments, colour=None, tone=None, sees=(), hears=(), not_itself=True,
                 prefix=()):
        self.user, self.bare, self.server = user, f"{user}@{server.domain}", server
        words = ["--jid", self.bare, "--host", server.host, "--port", server.c2s_port, "--no-tls", *arguments]
        words += ["--colour", colour] if colour else []
        words += ["--tone", tone] if tone else []
        words += ["--own-tone", tone] if tone and not_itself else []
        words += ["--expect-colours", ",".join(sees)] if sees else []
        words += ["--expect-tones", ",".join(map(str, hears))] if hears else []
        self.process = Process(f"probe-{user}", [*prefix, binary("rollcall-probe"), *words],
                               folder / f"probe-{user}.log", {"ROLLCALL_PROBE_PASSWORD": server.password(user)})

    def start(self):
        self.process.start()
        return self

    def answers(self, seconds=30):
        """Logged in, so that others can reach it."""
        self.waits_for("login", seconds)
        return self

    def waits_for(self, event, seconds=30, since=0, **fields):
        """The first event of that name with these fields; of a text, a part is enough."""
        def fits(line):
            found = event_of(line)
            return found.get("event") == event and all(matches(found.get(key), value) for key, value in fields.items())
        return event_of(self.process.wait_for(fits, seconds, since))

    def events(self, event=None):
        found = [event_of(line) for line in list(self.process.lines)]
        return [each for each in found if each and event in (None, each["event"])]

    def events_since(self, mark):
        return [found for found in map(event_of, self.process.lines[mark:]) if found]

    def report(self, seconds=60):
        """Waits for its end. A dictionary; `ok` says whether all expectations were met, `unmet` which were not."""
        self.code = self.process.wait(seconds)
        reports = self.events("report")
        assert reports, f"{self.user}'s probe ended with {self.code} and without a report: {self.process.lines[-10:]}"
        return reports[-1]

    def succeeds(self, seconds=60):
        """Its report, after it has met all its expectations."""
        report = self.report(seconds)
        assert self.code == 0 and report["ok"], f"{self.user}: {report['unmet']}\n{json.dumps(report, indent=1)}"
        return report

    def leaves(self):
        """Hangs up and logs out; its report."""
        if self.process.alive():
            self.process.child.terminate()
        return self.report()

    def vanishes(self):
        """Gone without a word: no packet, no stanza."""
        self.process.kill()

    def stop(self):
        return self.process.stop()


def words_of(options):
    """expect_tones=620, stay=True → --expect-tones=620 --stay."""
    return ["--" + name.replace("_", "-") + ("" if value is True else f"={value}")
            for name, value in options.items() if value is not None and value is not False]


def matches(value, wanted):
    return wanted in value if isinstance(value, str) and isinstance(wanted, str) else value == wanted


def event_of(line):
    return json.loads(line) if line.startswith("{") else {}
