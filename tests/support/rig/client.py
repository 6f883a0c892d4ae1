"""A scripted Jabber client (slixmpp), so that a test reads as a play: Romeo says …, Juliet receives …"""

import asyncio
import copy
import logging
import threading
import time
import uuid
import xml.etree.ElementTree as ElementTree

import slixmpp

from .xmpp_server import PASSWORD

logging.getLogger("slixmpp").setLevel(logging.CRITICAL)


class _Loop:
    """One asyncio loop for all clients of the test run, on a thread of its own."""

    def __init__(self):
        self.loop = asyncio.new_event_loop()
        threading.Thread(target=self.loop.run_forever, daemon=True, name="clients").start()

    def call(self, function, seconds=20):
        async def run():
            return function()
        return asyncio.run_coroutine_threadsafe(run(), self.loop).result(seconds)


_loop = None


def _shared_loop():
    global _loop
    _loop = _loop or _Loop()
    return _loop


def local(element):
    return element.tag.rsplit("}", 1)[-1]


def child(element, name, namespace=None):
    """The first descendant of that name (and namespace), or None."""
    for each in element.iter():
        if local(each) == name and (namespace is None or each.tag == f"{{{namespace}}}{name}"):
            return each
    return None


def text_of(element, name):
    found = child(element, name)
    return "" if found is None else (found.text or "")


def bare(jid):
    return jid.split("/")[0]


class _Xmpp(slixmpp.ClientXMPP):
    def __init__(self, jid, password, received):
        super().__init__(jid, password)
        self.auto_authorize, self.auto_subscribe = None, False
        self.register_plugin("xep_0030")
        self.register_plugin("xep_0199")
        self.add_filter("in", lambda stanza: received(stanza) or stanza)


class Client:
    """One resource of one user. Everything that it received is kept; what a test waited for is marked as seen."""

    def __init__(self, server, user, domain=None, resource=None, password=PASSWORD):
        self.server, self.user = server, user
        self.bare = f"{user}@{domain or server.domain}"
        self.jid = f"{self.bare}/{resource or 'r' + uuid.uuid4().hex[:6]}"
        self.password = password
        self.stanzas, self._arrived, self.xmpp = [], threading.Condition(), None

    def login(self, presence=True, seconds=60):
        started, failed = threading.Event(), []

        def connect():
            self.xmpp = _Xmpp(self.jid, self.password, self._received)
            self.xmpp.loop = _shared_loop().loop
            self.xmpp.add_event_handler("session_start", lambda _: started.set())
            self.xmpp.add_event_handler("failed_all_auth", lambda e: (failed.append(e), started.set()))
            self.xmpp.connect(address=(self.server.host, self.server.c2s_port), disable_starttls=True, use_ssl=False)
        _shared_loop().call(connect)
        assert started.wait(seconds) and not failed, f"{self.jid} could not log in"
        # A server tells of subscriptions only who has asked for his roster (RFC 6121 §2.2).
        self.asks(self.bare, "<query xmlns='jabber:iq:roster'/>")
        if presence:
            self.sends("<presence><priority>5</priority></presence>")
        return self

    def logout(self):
        if self.xmpp is not None:
            done = asyncio.run_coroutine_threadsafe(self._disconnect(), _shared_loop().loop)
            done.result(20)
            self.xmpp = None

    async def _disconnect(self):
        if self.xmpp.is_connected():
            await self.xmpp.disconnect(wait=2)
        self._drop_filters()

    def _drop_filters(self):
        # The library leaves its sending task pending, and asyncio complains about it at the end of the run.
        task = getattr(self.xmpp, "_run_out_filters", None)
        if task is not None:
            task.cancel()

    def vanishes(self):
        """The connection is cut without a goodbye."""
        _shared_loop().call(self.xmpp.abort)
        _shared_loop().call(self._drop_filters)
        self.xmpp = None

    def _received(self, stanza):
        if local(stanza.xml) not in ("message", "presence", "iq"):
            return
        with self._arrived:
            self.stanzas.append(copy.deepcopy(stanza.xml))
            self._arrived.notify_all()

    # ---- sending

    def sends(self, xml):
        _shared_loop().call(lambda: self.xmpp.send_raw(xml))

    def says(self, to, body):
        message = ElementTree.Element("message", {"to": to, "type": "chat", "id": uuid.uuid4().hex})
        ElementTree.SubElement(message, "body").text = body
        self.sends(ElementTree.tostring(message, "unicode"))

    def asks(self, to, payload, kind="get", seconds=40):
        """Sends an iq and answers its result or error, an element."""
        name = uuid.uuid4().hex
        self.sends(f"<iq to='{to}' type='{kind}' id='{name}'>{payload}</iq>")
        return self.receives(lambda s: local(s) == "iq" and s.get("id") == name and s.get("type") in ("result", "error"),
                             seconds, f"an answer from {to}")

    def subscribes_to(self, jid):
        self.sends(f"<presence to='{jid}' type='subscribe'/>")

    def receives_contact(self, jid, seconds=40):
        """Whatever the server allows: a request to subscribe (RFC 6121), or an entry in the roster (XEP-0356)."""
        def is_request(stanza):
            return local(stanza) == "presence" and stanza.get("type") == "subscribe" and stanza.get("from") == jid

        def is_entry(stanza):
            return local(stanza) == "iq" and any(e.get("jid") == jid and e.get("subscription") == "both"
                                                 for e in stanza.iter() if local(e) == "item")
        deadline = time.monotonic() + seconds
        with self._arrived:
            while True:
                found = next((s for s in self.stanzas if is_request(s) or is_entry(s)), None)
                if found is not None:
                    found.set("seen", "yes")
                    return found
                assert time.monotonic() < deadline, f"{self.user} got no contact {jid} within {seconds} s"
                self._arrived.wait(1)

    def roster(self):
        """Its entries by address: (name, subscription, groups)."""
        answer = self.asks(self.bare, "<query xmlns='jabber:iq:roster'/>")
        return {e.get("jid"): (e.get("name"), e.get("subscription"), {g.text for g in e}) for e in answer.iter()
                if local(e) == "item"}

    def accepts_subscription_of(self, jid, seconds=40):
        """The RFC 6121 handshake from the user's side, approve and subscribe back, where the contact does not stand in
        the roster by itself."""
        if local(self.receives_contact(jid, seconds)) == "iq":
            return
        self.sends(f"<presence to='{jid}' type='subscribed'/>")
        self.subscribes_to(jid)
        self.receives_presence(jid, "subscribed", seconds=seconds)

    # ---- receiving

    def receives(self, wanted, seconds=40, what="what was waited for"):
        """The first stanza not seen yet for which `wanted(element)` is true."""
        deadline = time.monotonic() + seconds
        with self._arrived:
            while True:
                for stanza in self.stanzas:
                    if not stanza.get("seen") and wanted(stanza):
                        stanza.set("seen", "yes")
                        return stanza
                left = deadline - time.monotonic()
                if left <= 0:
                    unseen = [ElementTree.tostring(s, "unicode")[:400] for s in self.stanzas if not s.get("seen")][-8:]
                    raise AssertionError(f"{self.user} did not receive {what} within {seconds} s; unseen:\n  " + "\n  ".join(unseen))
                self._arrived.wait(left)

    def receives_message(self, sender=None, containing="", seconds=40):
        """The body of a message whose text contains the words, from that bare address."""
        stanza = self.receives(
            lambda s: local(s) == "message" and child(s, "body") is not None and containing.lower() in text_of(s, "body").lower()
            and (sender is None or bare(s.get("from", "")) == sender),
            seconds, f"a message from {sender or 'anybody'} with '{containing}'")
        return text_of(stanza, "body")

    def receives_presence(self, sender, kind=None, containing="", show=None, seconds=40):
        return self.receives(
            lambda s: local(s) == "presence" and bare(s.get("from", "")) == bare(sender) and s.get("type") == kind
            and containing.lower() in text_of(s, "status").lower() and (show is None or text_of(s, "show") == show),
            seconds, f"presence {kind or 'available'} from {sender} with '{containing}'")

    def has_received(self, wanted):
        with self._arrived:
            return [stanza for stanza in self.stanzas if wanted(stanza)]

    def forgets(self):
        """What came until now is of no interest."""
        with self._arrived:
            for stanza in self.stanzas:
                stanza.set("seen", "yes")


def error_condition(stanza):
    """The defined condition of a stanza error, such as item-not-found; None where there is none."""
    error = child(stanza, "error")
    if error is None:
        return None
    return next((local(e) for e in error if e.tag.startswith("{urn:ietf:params:xml:ns:xmpp-stanzas}") and local(e) != "text"), None)
