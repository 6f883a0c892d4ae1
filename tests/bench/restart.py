#!/usr/bin/python3
"""How the presence of many contacts comes back after a restart of `rollcall`: every holder of every conference is online,
`rollcall` is killed and started again, and each gets the presence of all his contacts.

   tests/bench/restart.py [--holders 1000] [--conferences 20] [--server prosody|ejabberd|both] [--markdown]

Prints stanzas per second as they arrive at the people, and the CPU that the server and `rollcall` take for it."""

import argparse
import asyncio
import base64
import hashlib
import hmac
import os
import re
import resource
import sqlite3
import sys
import tempfile
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))

from rig.ejabberd import Ejabberd  # noqa: E402
from rig.installation import Installation  # noqa: E402
from rig.prosody import Prosody  # noqa: E402
from rig.xmpp_server import PASSWORD  # noqa: E402

SERVERS = {"prosody": Prosody, "ejabberd": Ejabberd}
MARK = b"<photo>"  # one in each presence of a contact, and in nothing else
TICKS = os.sysconf("SC_CLK_TCK")


class Person:
    """The least that is a Jabber client: logs in, says that it is there, and notes when a contact's presence comes."""

    def __init__(self, server, user, arrivals):
        self.server, self.user, self.arrivals, self.rest = server, user, arrivals, b""
        self.task = self.writer = None

    async def login(self):
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.server.c2s_port)
        header = f"<stream:stream to='{self.server.domain}' version='1.0' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>"
        await self.says(header, b"</stream:features>")
        await self.proves_itself()
        await self.says(header, b"</stream:features>")
        await self.says("<iq type='set' id='b'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></iq>", b"</iq>")
        await self.says("<iq type='set' id='s'><session xmlns='urn:ietf:params:xml:ns:xmpp-session'/></iq>", b"<iq")
        self.writer.write(b"<presence/>")
        self.task = asyncio.create_task(self.listen())

    async def says(self, text, answer):
        self.writer.write(text.encode())
        heard = b""
        while answer not in heard:
            piece = await asyncio.wait_for(self.reader.read(65536), 120)
            assert piece, f"{self.user} was cut off after: {heard[-300:]}"
            heard += piece
        return heard

    async def proves_itself(self):
        """SCRAM-SHA-1 (RFC 5802): Prosody takes no plain password without TLS."""
        sasl = "xmlns='urn:ietf:params:xml:ns:xmpp-sasl'"
        first = f"n={self.user},r=nonce"
        words = base64.b64encode(("n,," + first).encode()).decode()
        heard = await self.says(f"<auth {sasl} mechanism='SCRAM-SHA-1'>{words}</auth>", b"</challenge>")
        challenge = base64.b64decode(re.search(rb">([^<]+)</challenge>", heard)[1]).decode()
        nonce, salt, rounds = (part[2:] for part in challenge.split(",")[:3])
        salted = hashlib.pbkdf2_hmac("sha1", PASSWORD.encode(), base64.b64decode(salt), int(rounds))
        key = hmac.digest(salted, b"Client Key", "sha1")
        last = f"c=biws,r={nonce}"
        proof = hmac.digest(hashlib.sha1(key).digest(), f"{first},{challenge},{last}".encode(), "sha1")
        answer = f"{last},p=" + base64.b64encode(bytes(a ^ b for a, b in zip(key, proof))).decode()
        await self.says(f"<response {sasl}>{base64.b64encode(answer.encode()).decode()}</response>", b"<success")

    async def listen(self):
        while piece := await self.reader.read(65536):
            found = (self.rest + piece).count(MARK)
            self.rest = piece[-(len(MARK) - 1):]
            self.arrivals.extend([time.monotonic()] * found)


class Crowd:
    """All people, on a loop and a thread of their own."""

    def __init__(self, server, users):
        self.arrivals, self.loop = [], asyncio.new_event_loop()
        self.people = [Person(server, user, self.arrivals) for user in users]
        threading.Thread(target=self.loop.run_forever, daemon=True).start()

    def login(self):
        async def all_of_them():
            gate = asyncio.Semaphore(20)

            async def one(person):
                async with gate:
                    await person.login()
            await asyncio.gather(*(one(person) for person in self.people))
        asyncio.run_coroutine_threadsafe(all_of_them(), self.loop).result(1800)

    def logout(self):
        async def all_of_them():
            for person in self.people:
                if person.task:
                    person.task.cancel()
                if person.writer:
                    person.writer.close()
            await asyncio.sleep(0)
        asyncio.run_coroutine_threadsafe(all_of_them(), self.loop).result(60)
        self.loop.call_soon_threadsafe(self.loop.stop)

    def hears(self, count, seconds):
        """Waits until so many presences have come; when."""
        deadline = time.monotonic() + seconds
        while len(self.arrivals) < count:
            assert time.monotonic() < deadline, f"{len(self.arrivals)} of {count} presences have come"
            time.sleep(0.05)
        return list(self.arrivals)


def cpu_seconds(pid):
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def fill(database, domain, users, conferences):
    """What years of use would have written."""
    with sqlite3.connect(database) as store:
        for conference in conferences:
            store.execute("INSERT INTO conference (id, title, creator, created, last_used, mcu, owner, kept) VALUES (?, ?, ?, 0, 0, '', ?, 1)",
                          (conference, conference.title(), f"{users[0]}@{domain}", f"{users[0]}@{domain}"))
            store.executemany("INSERT INTO holder (conference, person) VALUES (?, ?)", [(conference, f"{user}@{domain}") for user in users])


class Case:
    """One server with `rollcall` beside it, whose database knows every conference and holder."""

    def __init__(self, kind, holders, conferences, folder):
        self.folder, self.size = Path(folder), holders * conferences
        self.server = SERVERS[kind](self.folder / "server").start()
        self.rollcall = Installation(self.folder / "rollcall", self.server, log={"level": "information"},
                                     control={"transcript": ""})
        users = [f"user{number}" for number in range(holders)]
        for user in users:
            self.server.add_user(user)
        self.rollcall.start_rollcall()
        self.rollcall.stop()
        fill(self.rollcall.folder / "rollcall.db", self.server.domain, users, [f"conf{number}" for number in range(conferences)])
        self.crowd = Crowd(self.server, users)

    def run(self, seconds=600):
        """Kills and restarts `rollcall`; the moments of all arrivals since it was back, and the CPU seconds of both."""
        self.crowd.login()
        self.rollcall.start_rollcall()
        self.crowd.hears(self.size, seconds)
        self.rollcall.rollcall.kill()
        self.crowd.arrivals.clear()
        server = self.server.process.child.pid
        server_before = cpu_seconds(server)
        self.rollcall.start_rollcall()
        began = time.monotonic()
        arrivals = self.crowd.hears(self.size, seconds)
        return began, arrivals, cpu_seconds(server) - server_before, cpu_seconds(self.rollcall.rollcall.child.pid)

    def close(self):
        self.crowd.logout()
        self.rollcall.stop()
        self.server.stop()


def per_second(began, arrivals):
    """How many came in each whole second."""
    counts = {}
    for moment in arrivals:
        second = max(0, int(moment - began))
        counts[second] = counts.get(second, 0) + 1
    return [counts.get(second, 0) for second in range(max(counts) + 1)]


def main():
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--holders", type=int, default=1000)
    words.add_argument("--conferences", type=int, default=20)
    words.add_argument("--server", choices=[*SERVERS, "both"], default="both")
    words.add_argument("--markdown", action="store_true")
    wish = words.parse_args()
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    if wish.markdown:
        print("| server | presences | seconds | a second, whole seconds: least, most | server CPU, s | `rollcall` CPU, s |\n|---|---:|---:|---:|---:|---:|")
    for kind in SERVERS if wish.server == "both" else [wish.server]:
        with tempfile.TemporaryDirectory(prefix="rollcall-restart-") as folder:
            case = Case(kind, wish.holders, wish.conferences, folder)
            try:
                began, arrivals, server, component = case.run()
            finally:
                case.close()
        seconds = per_second(began, arrivals)
        whole = seconds[:-1] or seconds
        if wish.markdown:
            print(f"| {kind} | {len(arrivals)} | {arrivals[-1] - began:.1f} | {min(whole)}, {max(whole)} | {server:.2f} | {component:.2f} |")
        else:
            print(f"{kind}: {len(arrivals)} presences in {arrivals[-1] - began:.1f} s; in each second {seconds}; CPU: server {server:.2f} s, "
                  f"rollcall {component:.2f} s", flush=True)


if __name__ == "__main__":
    main()
