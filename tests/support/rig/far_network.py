"""A network of its own behind a wire that a test may spoil. Only inside a machine of the test's own (tests/desktop/machine.py)."""

import subprocess
import time
from pathlib import Path

from .process import Process, _end_with_the_test
from .xmpp_server import PROJECT

QUEUE = 7
ROUTER = "10.77.0.254"


def run(*words):
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True)
    assert done.returncode == 0, f"{' '.join(map(str, words))} ended with {done.returncode}: {done.stderr}"
    return done.stdout


def build_delay_queue(folder):
    """tests/support/faults/delay_queue.c as a program; the packages of the test list have what it needs."""
    program = Path(folder) / "delay_queue"
    run("cc", "-O2", "-Wall", "-Wextra", "-o", program, PROJECT / "tests/support/faults/delay_queue.c", "-lnetfilter_queue")
    return program


class Namespace:
    """A network namespace that lives as long as a process in it."""

    def __init__(self):
        self.keeper = subprocess.Popen(["unshare", "--net", "sleep", "infinity"], preexec_fn=_end_with_the_test)
        own = Path("/proc/self/ns/net").readlink()
        while Path(f"/proc/{self.keeper.pid}/ns/net").readlink() == own:
            assert self.keeper.poll() is None, "unshare has ended"
            time.sleep(0.01)
        self.prefix = ["nsenter", "-t", str(self.keeper.pid), "--net", "--"]
        self.inside("ip", "link", "set", "lo", "up")

    def inside(self, *words):
        return run(*self.prefix, *words)

    def device(self, name, address):
        """A device that is there already: its address, and up."""
        self.inside("ip", "address", "add", address, "dev", name)
        self.inside("ip", "link", "set", name, "up")

    def stop(self):
        self.keeper.kill()
        self.keeper.wait()


class FarNetwork:
    """One far machine, behind a router (the machine's `net1` goes to it, for good), with two ways to that router, `first`
    and, once it has moved, `second`. Faults stay until `heals`."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.delay_queue = build_delay_queue(folder)
        self.delaying, self.moved = None, False
        self.router, self.far = Namespace(), Namespace()
        self.prefix, self.inside = self.far.prefix, self.far.inside
        run("ip", "link", "set", "net1", "netns", self.router.keeper.pid)
        self.router.device("net1", f"{ROUTER}/24")
        self.router.inside("sh", "-c", "echo 1 > /proc/sys/net/ipv4/ip_forward")
        run("ip", "route", "replace", "default", "via", ROUTER)
        self._way("first", 78)

    def _way(self, name, number):
        """The far machine leaves by this way from now on."""
        self.router.inside("ip", "link", "add", name, "type", "veth", "peer", "name", f"{name}-far", "netns", self.far.keeper.pid)
        self.router.device(name, f"10.{number}.0.1/24")
        self.far.device(f"{name}-far", f"10.{number}.0.2/24")
        self.inside("ip", "route", "replace", "default", "via", f"10.{number}.0.1")

    def _rule(self, *words):
        for chain, way in (("INPUT", "-i"), ("OUTPUT", "-o")):
            self.inside("iptables", "-w", "-A", chain, way, "first-far", *words)

    # ---- faults

    def loses(self, percent):
        """Each way, of everything."""
        self._rule("-m", "statistic", "--mode", "random", "--probability", percent / 100, "-j", "DROP")

    def delays(self, milliseconds, jitter):
        """Each way, of everything; packets overtake one another."""
        self.delaying = Process("delay_queue", [*self.prefix, self.delay_queue, QUEUE, milliseconds, jitter],
                                self.folder / "delay_queue.log").start()
        self.delaying.wait_for(lambda line: line == "ready")
        self._rule("-j", "NFQUEUE", "--queue-num", QUEUE)

    def carries(self, kbit):
        """Each way; what waits longer than 400 ms is dropped."""
        words = ["tc", "qdisc", "replace", "dev"]
        tail = ["root", "tbf", "rate", f"{kbit}kbit", "burst", "4kb", "latency", "400ms"]
        self.router.inside(*words, "first", *tail)
        self.inside(*words, "first-far", *tail)

    def parts(self):
        """Nothing goes either way."""
        self._rule("-j", "DROP")

    def moves(self):
        """Media leave by another way, from another address, and the first one carries none; what is not UDP still uses both."""
        if not self.moved:
            self._way("second", 79)
            self.moved = True
        self._rule("-p", "udp", "-j", "DROP")

    def heals(self):
        """All faults but a move end."""
        self.inside("iptables", "-w", "-F")
        for inside, device in ((self.router.inside, "first"), (self.inside, "first-far")):
            if "tbf" in inside("tc", "qdisc", "show", "dev", device):
                inside("tc", "qdisc", "del", "dev", device, "root")
        if self.delaying:
            self.delaying.stop()
            self.delaying = None

    def stop(self):
        self.heals()
        self.far.stop()
        self.router.stop()
