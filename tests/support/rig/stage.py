"""A whole installation with its people, as the tests of several suites need it."""

import itertools
import uuid

from .browser import Browser
from .client import Client
from .installation import Installation
from .probe import Probe, words_of
from .transcript import Validator

COLOURS = ["#d02020", "#2040d0", "#20a040", "#c0a020", "#a030b0", "#20a0b0", "#e07090", "#90e0a0", "#9090f0", "#805030"]
TONES = [440, 620, 850, 1130, 1490, 1910, 2370, 2830, 3410, 3970]


class Stage:
    """One server, Rollcall beside it, and whoever plays. Ends all of them, and then reads the control transcript."""

    def __init__(self, server, folder, **settings):
        self.server, self.folder = server, folder
        self.rollcall = Installation(folder / "rollcall", server, prefix=server.prefix, **settings)
        self.players, self.numbers, self._browser = [], itertools.count(), None

    @property
    def service(self):
        return f"rollcall@{self.server.component}"

    def contact(self, name):
        return f"{name}@{self.server.component}"

    def fresh(self, name):
        """A name that no other test of this stage uses."""
        return f"{name}{uuid.uuid4().hex[:5]}"

    def account(self, name, domain=None):
        user = self.fresh(name)
        self.server.add_user(user, domain)
        return user

    def person(self, name, domain=None, online=True):
        """A scripted client of an account of its own, logged in."""
        client = Client(self.server, self.account(name, domain), domain)
        self.players.append(client)
        return client.login() if online else client

    def probe(self, name, number=None, user=None, **options):
        """A participant with the colour and the tone of its number; without one, the next."""
        number = next(self.numbers) % len(COLOURS) if number is None else number
        words = words_of({"video_kbit": 300, "media_address": self.rollcall.media_address, **options})
        probe = Probe(self.server, user or self.account(name), self.folder, *words, colour=COLOURS[number],
                      tone=TONES[number], prefix=self.server.prefix)
        probe.colour, probe.tone = COLOURS[number], TONES[number]
        self.players.append(probe)
        return probe.start()

    def page(self, name, number, url=None):
        """A page: a Jabber user with stanza.js, or with `url` whatever that address serves."""
        if self._browser is None:
            self._browser = Browser(self.folder, self.server.prefix)
        if url is not None:
            return self._browser.open(name, COLOURS[number], TONES[number], url)
        return self._browser.participant(self.server, self.account(name), COLOURS[number], TONES[number])

    def guest(self, name, number, link):
        """A person without an account: opens the link, types a name, presses the button."""
        page = self.page(name, number, url=link)
        page.fill("#name", name)
        page.wait_for("#join:not([disabled])")
        page.click("#join")
        page.wait_for('body[data-view="call"]')
        return page

    def conference(self, asker, name="team", *invitees):
        """`asker` starts a conference by chat; its contact's address."""
        name = self.fresh(name)
        asker.says(self.service, f"call {name}: {' '.join(invitees)}" if invitees else f"call {name}:")
        asker.receives_message(containing="is ready", seconds=20)
        return self.contact(name)

    def leave(self, players):
        for player in players:
            player.logout() if isinstance(player, Client) else player.stop()

    def close(self):
        complaints = []
        self.leave(self.players)
        if self._browser:
            self._browser.stop()
        try:
            self.rollcall.stop()
        finally:
            self.server.stop()
        if self.rollcall.transcript.exists():
            complaints, _ = Validator().check_transcript(self.rollcall.transcript)
        assert not complaints, "control messages that break their schema:\n" + "\n".join(complaints[:20])
