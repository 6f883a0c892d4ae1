#!/usr/bin/python3
"""What the SIP door bears: 10,000 OPTIONS of a trunk and of a stranger, a flood of INVITEs, and calls that are set up and ended.

   ROLLCALL_BUILD=build tests/bench/sip.py [--requests 10000] [--calls 200] [--rate 20]

Prints the memory of `rollcall-sip` before, at its highest, and half a minute later (sofia keeps a request for that long), its CPU,
and calls per second."""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(HERE / "support"), str(HERE / "sip")]

from house import PIN, House  # noqa: E402
from rig.ports import free_port  # noqa: E402
from test_strangers import Asker  # noqa: E402

TICKS = os.sysconf("SC_CLK_TCK")
QUIET = 40


class Usage:
    def __init__(self, process):
        self.pid = process.child.pid

    def megabytes(self):
        for line in Path(f"/proc/{self.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS"):
                return int(line.split()[1]) / 1024
        return 0

    def seconds(self):
        fields = Path(f"/proc/{self.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICKS


def flood(usage, asker, method, requests, per_second):
    before, cpu, highest, begin = usage.megabytes(), usage.seconds(), 0, time.monotonic()
    for sent in range(requests):
        asker.ask(method)
        asker.answers()
        ahead = begin + sent / per_second - time.monotonic()
        if ahead > 0:
            time.sleep(ahead)
        if sent % 500 == 0:
            highest = max(highest, usage.megabytes())
    took = time.monotonic() - begin
    highest = max(highest, usage.megabytes())
    cpu = usage.seconds() - cpu
    time.sleep(QUIET)
    print(f"{requests} {method} from {asker.ip} in {took:.1f} s: {before:.1f} -> {highest:.1f} -> {usage.megabytes():.1f} MB, {cpu:.2f} s CPU",
          flush=True)


def calls(house, usage, count, rate):
    cpu, begin = usage.seconds(), time.monotonic()
    done = subprocess.run(["sipp", "-sf", HERE / "sip/scenarios/call.xml", "-s", PIN, "-i", "127.0.0.1", "-p", str(free_port()), "-mp",
                           str(free_port()), "-m", str(count), "-r", str(rate), "-nostdin", f"127.0.0.1:{house.port}"],
                          cwd=house.folder, capture_output=True, text=True)
    took = time.monotonic() - begin
    used = usage.seconds() - cpu
    print(f"{count} calls at {rate} a second: {count / took:.1f} a second done, {1000 * used / count:.2f} ms CPU of rollcall-sip each"
          f"{'' if done.returncode == 0 else ', SOME FAILED'}", flush=True)


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--requests", type=int, default=10000)
    options.add_argument("--calls", type=int, default=200)
    options.add_argument("--rate", type=int, default=20)
    wanted = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        trunk = {"name": "trunk", "mode": "pstn", "profile": "voice", "inbound_from": ["127.0.0.1"], "most_calls": 0}
        house = House(Path(folder), gateways=[trunk])
        try:
            house.start()
            usage = Usage(house.door)
            calls(house, usage, wanted.calls, wanted.rate)
            for _ in range(2):
                flood(usage, Asker(house, "127.0.0.1"), "OPTIONS", wanted.requests, 2000)
            flood(usage, Asker(house, "127.0.0.2"), "OPTIONS", wanted.requests, 2000)
            flood(usage, Asker(house, "127.0.0.3"), "INVITE", wanted.requests, 2000)
        finally:
            house.close()


if __name__ == "__main__":
    main()
