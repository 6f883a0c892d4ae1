"""Pidgin on a desktop: logged in without its wizard, driven by keys and clicks, seen by screenshots and its log of stanzas."""

import itertools
import subprocess
import time

from session import wait_for

ACCOUNTS = """<?xml version='1.0' encoding='UTF-8' ?>
<account version='1.0'><account><protocol>prpl-jabber</protocol><name>{bare}/pidgin</name><password>{password}</password>
<settings><setting name='connect_server' type='string'>127.0.0.1</setting><setting name='port' type='int'>{port}</setting>
<setting name='connection_security' type='string'>require_tls</setting></settings>
<settings ui='gtk-gaim'><setting name='auto-login' type='bool'>1</setting></settings></account></account>
"""
PREFERENCES = """<?xml version='1.0' encoding='UTF-8' ?>
<pref version='1' name='/'><pref name='pidgin'><pref name='blist'>
<pref name='show_offline_buddies' type='bool' value='1'/><pref name='show_buddy_icons' type='bool' value='1'/>
<pref name='list_visible' type='bool' value='1'/></pref></pref></pref>
"""

# Where things stand in Pidgin 2.14's windows on a screen of 1280x800, as they open.
AUTHORIZE = (212, 366)
ADD = (486, 341)
FIRST_CONTACT = (100, 85)
FIRST_COMMAND = [(150, 47), (150, 72)]  # in that contact's menu, which is as high as the screen; above it: nothing that asks


class Pidgin:
    """One Pidgin of one account, in a session that is started; ends with it."""

    def __init__(self, session, server, user, certificate):
        self.session, self.server, self.user, self.certificate = session, server, user, certificate
        self.bare = f"{user}@{server.domain}"

    def start(self):
        self._write_settings()
        self.process = self.session.process("pidgin", "pidgin", "--debug")
        self.waits_for("Recv", f"{self.bare}/pidgin", "<presence")  # its own presence
        wait_for(lambda: self.windows("^Buddy List$"), "Pidgin's window", 120)
        return self

    def _write_settings(self):
        """The server's certificate is pinned: no question, whatever Pidgin's own list of authorities says."""
        folder = self.session.home / ".purple"
        peers = folder / "certificates/x509/tls_peers"
        peers.mkdir(parents=True)
        (folder / "accounts.xml").write_text(ACCOUNTS.format(bare=self.bare, port=self.server.c2s_port,
                                                             password=self.server.password(self.user)))
        (folder / "prefs.xml").write_text(PREFERENCES)
        subprocess.run(["openssl", "x509", "-in", self.certificate, "-out", peers / "127.0.0.1"], check=True)

    def windows(self, title):
        return self.session.run("xdotool", "search", "--onlyvisible", "--name", title, check=False).split()

    def waits_for(self, *parts, seconds=120, since=0):
        """A line of the debug log with all parts."""
        return self.process.wait_for(lambda line: all(part in line for part in parts), seconds, since)

    def _has(self, *parts, since=0):
        return any(all(part in line for part in parts) for line in self.process.lines[since:])

    def _tries(self, act, done, what, seconds=180, each=6):
        """Does it, again where need be, until it has come about: a click may come before its button."""
        def tried():
            act()
            try:
                return wait_for(done, what, each, 0.2)
            except AssertionError:
                return None
        return wait_for(tried, what, seconds)

    def takes_contact(self, contact):
        """The contact comes by itself, or it asks: Authorize in the buddy list, then Add in the window that asks for a group."""
        wait_for(lambda: self._asked(contact) or self._there(contact), "the contact or its question", 120)
        if not self._asked(contact):
            return
        self._tries(lambda: self.session.clicks(*AUTHORIZE), lambda: self.windows("^Add Buddy$"), "Pidgin's question for the contact")
        self._tries(lambda: self.session.clicks(*ADD), lambda: not self.windows("^Add Buddy$"), "the contact")
        wait_for(lambda: self._there(contact), "the contact's presence", 120)

    def _asked(self, contact):
        return self._has("Recv", "type='subscribe'", contact)

    def _there(self, contact):
        return self._has("Recv", "<presence ", f"from='{contact}/call'", "<status>")

    def asks_who_is_there(self):
        """By ad-hoc command, the first of those that stand in the contact's menu."""
        since = self.process.mark()
        places = itertools.cycle(FIRST_COMMAND)

        def menu():
            self.session.presses("Escape")
            self.session.clicks(*FIRST_CONTACT, button=3)
            time.sleep(0.5)  # until the menu has let go of the click that opened it; what the menu does is waited for below
            self.session.screenshot(self.session.folder / "menu.png")
            self.session.clicks(*next(places))
        self._tries(menu, lambda: self._has("Recv", "status='completed'", since=since), "an answer")
        return self.waits_for("Recv", "status='completed'", since=since)

    def calls(self, contact):
        """By the chat's menu: Conversation, Media, Audio Call."""
        since = self.process.mark()

        def menu():
            self.session.run("xdotool", "search", "--onlyvisible", "--name", f"^{contact.split('@')[0]}$", "windowactivate")
            for key in ("Escape", "alt+c", "e", "a"):
                self.session.presses(key)
                time.sleep(0.3)  # keys that come before their menu are lost, and all is done again
        self._tries(menu, lambda: self._has("Sending", "session-initiate", since=since), "Pidgin's call", each=30)
        return since
