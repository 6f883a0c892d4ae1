"""Gajim on a desktop: logged in without its wizard, driven by keys and clicks, seen by screenshots and its log of stanzas."""

import json
import sqlite3
import time

from session import wait_for

# Gajim does not start as root, which is all that there is in a test's namespace; it is told another name of the same user.
START = "import os, sys; os.geteuid = lambda: 1000; sys.argv[0] = 'gajim'; from gajim.gajim import main; main()"
TABLES = "from gajim.common.settings import CREATE_SQL; print(CREATE_SQL)"
SETTINGS = {"use_keyring": False, "show_chat_on_start": True, "check_for_update": False}

# Where things stand in Gajim 1.7's window on a screen of 1280x800, as it opens.
ACCOUNT = (35, 488)
FIRST_NOTIFICATION_ACCEPT = (832, 450)
FIRST_CONTACT = (150, 200)
NOWHERE = (1100, 700)
EXECUTE_COMMAND = (108, -13)  # in the menu of a contact, from where it was clicked


class Gajim:
    """One Gajim of one account, in a session that is started; ends with it."""

    def __init__(self, session, server, user):
        self.session, self.server, self.user = session, server, user
        self.bare = f"{user}@{server.domain}"

    def start(self):
        self._write_settings()
        self.process = self.session.process("gajim", "/usr/bin/python3", "-c", START, "--verbose", PYTHONUNBUFFERED="1")
        self.waits_for(f"Received from {self.bare}/gajim", seconds=180)  # its own presence
        wait_for(lambda: self.windows("^Gajim$"), "Gajim's window", 120)
        return self

    def _write_settings(self):
        folder = self.session.home / ".config/gajim"
        folder.mkdir(parents=True)
        account = {"name": self.user, "hostname": self.server.domain, "password": self.server.password(self.user), "savepass": True,
                   "account_label": self.bare, "active": True, "resource": "gajim", "autoconnect": True}
        with sqlite3.connect(folder / "settings.sqlite") as database:
            database.executescript(self.session.run("/usr/bin/python3", "-c", TABLES, seconds=60))
            database.execute("update settings set settings=? where name='app'", (json.dumps(SETTINGS),))
            database.execute("insert into account_settings values('test', ?)",
                             (json.dumps({"account": account, "contact": {}, "group_chat": {}}),))

    def windows(self, title=""):
        if not title:
            return self.session.run("xdotool", "search", "--onlyvisible", "--class", "gajim", check=False).split()
        return self.session.run("xdotool", "search", "--onlyvisible", "--name", title, check=False).split()

    def waits_for(self, *parts, seconds=120, since=0):
        """A line of the log of stanzas with all parts."""
        return self.process.wait_for(lambda line: all(part in line for part in parts), seconds, since)

    def _tries(self, act, done, what, seconds=180):
        """Does it, again where need be, until it has come about: a click may come before its button."""
        def tried():
            act()
            try:
                return wait_for(done, what, 6, 0.2)
            except AssertionError:
                return None
        return wait_for(tried, what, seconds)

    def _has(self, *parts, since=0):
        return any(all(part in line for part in parts) for line in self.process.lines[since:])

    def takes_contact(self, contact):
        """The contact comes by itself, or it asks: a click on the account, Accept, and twice Return for what Gajim asks."""
        def accept():
            self.session.clicks(*ACCOUNT)
            self.session.clicks(*FIRST_NOTIFICATION_ACCEPT)
        wait_for(lambda: self._asked(contact) or self._there(contact), "the contact or its question", 120)
        if not self._asked(contact):
            return
        self._tries(accept, lambda: self.windows("^Add Contact$"), "Gajim's question for the contact")
        self._tries(lambda: self.session.presses("Return"), lambda: self._has("Received Subscribed", contact), "the contact")
        wait_for(lambda: self._there(contact), "the contact's presence", 120)

    def _asked(self, contact):
        return self._has("Received Subscribe:", contact)

    def _there(self, contact):
        return self._has("<presence ", f"from='{contact}/call'", "<status>")

    def shows_contact(self):
        """The pointer on the contact in the list: Gajim tells its status there."""
        self._shows_list()
        wait_for(lambda: len(self.windows()) == 1, "Gajim's window alone", 120)
        for step in (9, 6, 3, 0):
            self.session.run("xdotool", "mousemove", FIRST_CONTACT[0] + step, FIRST_CONTACT[1])
        wait_for(lambda: len(self.windows()) > 1, "the tooltip", 120)

    def _shows_list(self):
        self.session.presses("Escape")
        self.session.clicks(*ACCOUNT)
        self.session.run("xdotool", "mousemove", *NOWHERE)

    def opens_new_chat(self, contact):
        """Ctrl+N, the address, and Return when the list below has nothing but it; then Gajim asks the address what it is."""
        title, since = "^Start / Join Chat$", self.process.mark()

        def writes():
            self._tries(lambda: self.session.presses("ctrl+n"), lambda: self.windows(title), "Gajim's window for a new chat")
            self.session.run("xdotool", "type", contact)
            time.sleep(1)  # the list follows; where it has not, Return means somebody else, and all is done again
            self.session.presses("Return")
        self._tries(writes, lambda: self._has("disco#info", f'to="{contact}"', since=since), "the new chat")
        wait_for(lambda: not self.windows(title), "the end of the window for a new chat", 120)

    def opens_chat(self):
        """A double click on the contact."""
        self._shows_list()
        self.session.clicks(*FIRST_CONTACT)
        self.session.clicks(*FIRST_CONTACT)

    def says(self, words):
        """In the chat that is open; what was typed before the line of the chat was there is typed again."""
        since = self.process.mark()

        def writes():
            self.session.presses("ctrl+a")
            self.session.run("xdotool", "type", words)
            self.session.presses("Return")
        self._tries(writes, lambda: self._has(f"<body>{words}</body>", since=since), "Gajim's message")

    def asks_who_is_there(self):
        """By ad-hoc command: the contact's menu, Execute Command…, the first of the list, Execute."""
        since = self.process.mark()
        x, y = FIRST_CONTACT

        def menu():
            self._shows_list()
            self.session.clicks(x, y, button=3)
            self.session.clicks(x + EXECUTE_COMMAND[0], y + EXECUTE_COMMAND[1])
        self._tries(menu, lambda: self.windows("^Command List$"), "Gajim's list of commands")
        self._tries(lambda: self.session.presses("Down", "Return"), lambda: self._has("status='completed'", since=since), "an answer")
        return self.waits_for("status='completed'", since=since)

    def calls(self, contact):
        """What the call button of the chat does; with a sound call no camera is asked for. Answers what the chat is told then."""
        since = self.process.mark()

        def calls():
            self.opens_chat()
            self.session.run("gdbus", "call", "--session", "--dest", "org.gajim.Gajim", "--object-path", "/org/gajim/Gajim/window/1",
                             "--method", "org.gtk.Actions.Activate", "start-voice-call", "[]", "{}")
        self._tries(calls, lambda: self._has("session-initiate", contact, since=since), "Gajim's call")
        return since

    def in_call(self):
        return bool(self.windows("^Call with "))
