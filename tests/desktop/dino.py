"""Dino on a desktop: logged in without its wizard, driven by xmpp: addresses, keys and clicks, seen by screenshots."""

import itertools
import re
import sqlite3

from session import wait_for

from rig.senses import LOUD, near, rgb, wait_until

# Where things stand in Dino 0.4's main window on a screen of 1280x800, as it opens.
CALL_BUTTON = (1018, 78)
ACCEPT_CONTACT = (933, 128)
ACCEPT_CALL = (542, 646)
TILE = 0.025  # of the screen: a quarter of the call's window has 6 %


class Dino:
    """One Dino of one account, in a session that is started; ends with it."""

    def __init__(self, session, server, user):
        self.session, self.server, self.user = session, server, user
        self.bare = f"{user}@{server.domain}"
        self.database = session.home / ".local/share/dino/dino.db"

    def start(self):
        self._make_database()
        self._write_account()
        self.process = self.session.process("dino", "dino-im", "--print-xmpp=all", G_MESSAGES_DEBUG="rtp,ice")
        self.waits_for_stanza(":bind ", seconds=60)
        wait_for(self._windows, "Dino's window", 60)
        return self

    def _tables(self):
        if not self.database.exists():
            return False
        with sqlite3.connect(self.database, timeout=10) as database:
            names = {row[0] for row in database.execute("select name from sqlite_master where type='table'")}
        return {"account", "settings", "file_transfer"} <= names

    def _make_database(self):
        """Dino makes its tables when it starts; it is ended then, for it reads its accounts only once."""
        first = self.session.process("dino-first", "dino-im")
        wait_for(self._tables, "Dino's database", 60)
        wait_for(self._windows, "Dino's first window", 60)
        first.kill()

    def _write_account(self):
        with sqlite3.connect(self.database, timeout=10) as database:
            database.execute("insert into account(bare_jid,resourcepart,password,alias,enabled,mam_earliest_synced)"
                             " values(?,?,?,?,1,0)", (self.bare, "dino", self.server.password(self.user), self.user))

    def _windows(self):
        return self.session.run("xdotool", "search", "--onlyvisible", "--class", "dino", check=False).split()

    def waits_for_stanza(self, text, seconds=30, since=0):
        """A line of the stanza log with that text; Dino prints an element as <{namespace}:name, each on a line."""
        return self.process.wait_for(lambda line: text in re.sub(r"\x1b\[[0-9;]*m", "", line), seconds, since)

    def opens(self, contact):
        """The chat with the contact, in the running instance."""
        self.session.run("dino-im", f"xmpp:{contact}?message", check=False)

    def stanza_with(self, text, seconds=30):
        """The whole stanza in which the text stands, as Dino printed it."""
        self.waits_for_stanza(text, seconds)
        blocks = re.split(r"\n(?=XMPP (?:IN|OUT) )", "\n".join(re.sub(r"\x1b\[[0-9;]*m", "", line) for line in self.process.lines))
        return next(block for block in blocks if text in block)

    def tries(self, act, what, text, since, seconds=60, each=4):
        """Does it, again where need be, until Dino has sent or received that text: a click may come before its button."""
        def tried():
            act()
            try:
                return self.waits_for_stanza(text, each, since)
            except AssertionError:
                return None
        return wait_for(tried, what, seconds)

    def accepts_contact(self, contact):
        """The contact asked to be added: Accept, and Dino asks back."""
        def act():
            self.opens(contact)
            self.session.clicks(*ACCEPT_CONTACT)
        self.tries(act, f"Dino's approval of {contact}", ":type='subscribed'", self.process.mark())
        self.process.wait_for(lambda line: ":presence " in line and f":from='{contact}/call'" in line)

    def calls(self, contact, video=True):
        """Opens the chat, then the call button's menu; its first item, the sound call, has the focus."""
        def act():
            self.session.presses("Escape")
            self.opens(contact)
            self.session.clicks(*CALL_BUTTON)
            self.session.presses(*(["Down"] if video else []), "Return")
        self.tries(act, f"Dino's call to {contact}", ":propose ", self.process.mark())

    def calls_and_is_heard(self, contact, page, video=True):
        """Calls, and once or twice again while the page does not hear the microphone.

        On a busy machine Dino sends no packet of sound in one call of six: both transports are secured, reports come,
        the picture too, and its microphone's chain stands still from the beginning. A person hangs up and calls again.
        """
        for remaining in reversed(range(3)):
            self.calls(contact, video)
            try:
                return wait_for(lambda: page.hears([self.session.tone])[self.session.tone] > LOUD, f"Dino's sound at {page.name}'s", 30)
            except AssertionError:
                if not remaining or not self.in_call():
                    raise
                self.hangs_up()
                wait_for(lambda: not self.in_call(), "the end of the call without sound")

    def in_call(self):
        """A call has a window of its own beside the main one."""
        return len(self._windows()) > 1

    def call_window(self):
        """The window of the call, which is newer than the main one; brought to the front."""
        wait_for(self.in_call, "the window of the call")
        window = max(self._windows(), key=int)
        self.session.run("xdotool", "windowactivate", "--sync", window)
        return window

    def moves_over_the_call(self, right_of_middle=140):
        """The pointer to the row of buttons at the bottom, which appear where it moves; the place."""
        shape = self._shape_of_the_call()
        x = shape["X"] + shape["WIDTH"] // 2 + right_of_middle
        y = shape["Y"] + shape["HEIGHT"] - 53
        for step in (30, 20, 10, 0):
            self.session.run("xdotool", "mousemove", x, y - step)
        return x, y

    def looks_until(self, complaints_about, seconds=60):
        """Waits until nothing is wrong with the screen, with the pointer moved over the call in between.

        Dino tells GTK of a new size of the picture from a thread of GStreamer's: one window in 15 is not drawn any more,
        resized or not, until the pointer moves over it.
        """
        looks = itertools.count()

        def look():
            complaints = complaints_about()
            # Seldom: the buttons that appear with it lie over the lower tiles for three seconds.
            if complaints and next(looks) % 8 == 0:
                self.moves_over_the_call()
            return complaints
        self.call_window()
        wait_until(look, seconds, pause=1)

    def sees(self, colours, seconds=60):
        """Waits until the screen shows as much of each colour as a tile does in the window of the call.

        The frame of whoever speaks, Dino's own picture in the corner, and the contact's picture behind have such colours too.
        """
        def missing():
            cells = self.session.looks(128, 80)["cells"]
            shares = {colour: sum(near(cell, rgb(colour)) for cell in cells) / len(cells) for colour in colours}
            return [f"{colour} covers {share:.1%} of the screen" for colour, share in shares.items() if share < TILE]
        self.looks_until(missing, seconds)

    def _shape_of_the_call(self):
        shape = self.session.run("xdotool", "getwindowgeometry", "--shell", self.call_window())
        return {key: int(value) for key, value in (line.split("=") for line in shape.split())}

    def presses(self, right_of_middle, what, stanza):
        """Again where need be, until Dino says so to the other side: the window may get another size before the click."""
        def act():
            self.session.clicks(*self.moves_over_the_call(right_of_middle))
        self.tries(act, what, stanza, self.process.mark(), each=10)

    def adds_camera(self):
        """To a call that has been without."""
        self.presses(0, "the offer of a picture", ":action='content-add'")

    def mutes_camera(self):
        self.presses(0, "the camera off", ":mute ")

    def mutes_microphone(self):
        self.presses(-70, "the microphone off", ":mute ")

    def hangs_up(self):
        """Closing the window of a call ends the call."""
        self.call_window()
        self.session.presses("alt+F4")
