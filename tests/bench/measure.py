"""One run: a rollcall-mcu of its own, the load generator beside it, and what /proc says of the former."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from rig.process import Process, pairs_of

TICK = os.sysconf("SC_CLK_TCK")
TOKEN = "bench-token-of-no-secret"


def tree_of(pid):
    """The process and all that descend from it."""
    parents = {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            fields = (entry / "stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        parents.setdefault(int(fields[1]), []).append(int(entry.name))
    found, waiting = [], [pid]
    while waiting:
        one = waiting.pop()
        found.append(one)
        waiting += parents.get(one, [])
    return found


class Snapshot:
    """What the process tree holds at one moment."""

    def __init__(self, pid):
        self.at, self.rss_mb, self.threads, self.fds = time.monotonic(), 0.0, 0, 0
        for one in tree_of(pid):
            try:
                folder = Path(f"/proc/{one}")
                fields = (folder / "stat").read_text().rsplit(")", 1)[1].split()
                self.threads += int(fields[17])
                self.rss_mb += int(fields[21]) * os.sysconf("SC_PAGE_SIZE") / 1e6
                self.fds += len(list((folder / "fd").iterdir()))
            except OSError:
                continue


def cpu_ticks(pid):
    """CPU seconds of the tree with everything that its ended threads and children have used."""
    total = 0
    for one in tree_of(pid):
        try:
            fields = Path(f"/proc/{one}/stat").read_text().rsplit(")", 1)[1].split()
            total += sum(int(fields[index]) for index in (11, 12, 13, 14))
        except OSError:
            continue
    return total / TICK


class Machine:
    """The build that is measured, and the clips."""

    def __init__(self, build, mcu=None, still=None):
        self.more = ["--still", Path(still).resolve()] if still else []
        self.mcu = Path(mcu) if mcu else build / "mcu" / "rollcall-mcu"
        self.bench = build / "tests" / "bench"
        self.clips = self.bench / "clips"
        for program in (self.mcu, self.bench / "load", self.bench / "make_clips"):
            assert program.exists(), f"{program} is missing; build it: meson setup build && ninja -C build"
        if not self.clips.exists():
            subprocess.run([self.bench / "make_clips", self.clips], check=True)

    def start_mcu(self, folder, port, **settings):
        every = {"control.url": f"ws://127.0.0.1:{port}/control", "control.mcu_token": TOKEN,
                 "mcu.addresses": "127.0.0.1", "mcu.capacity_units": 1000000, **settings}
        pairs = [part for key, value in every.items() for part in ("--set", f"{key}={value}")]
        return Process("rollcall-mcu", [self.mcu, *pairs], folder / "mcu.log").start()

    def bound(self, *arguments):
        """What the codecs alone cost, measured now."""
        said = subprocess.run([self.bench / "bound", self.clips, *map(str, arguments)], check=True,
                              capture_output=True, text=True).stdout
        return {key: float(value) for key, value in pairs_of(said).items()}


class Load(Process):
    """The load generator of one run, and the MCU's allocator."""

    def __init__(self, machine, folder, options):
        super().__init__("load", [machine.bench / "load", "--clips", machine.clips, "--token", TOKEN, *options],
                         folder / "load.log")

    def event(self, name, seconds=60):
        line = self.wait_for(lambda one: one.startswith((f"event=bench.{name}", "event=bench.failed")), seconds)
        pairs = pairs_of(line)
        assert pairs["event"] != "bench.failed", f"the load generator failed: {pairs.get('why')}"
        return pairs


def run(machine, options, seconds, watcher=None):
    """One run of a load; answers its figures by name."""
    with tempfile.TemporaryDirectory(prefix="rollcall-bench-") as name:
        folder = Path(name)
        load = Load(machine, folder, [*map(str, [*options, *machine.more]), "--seconds", str(seconds)]).start()
        mcu = None
        try:
            mcu = machine.start_mcu(folder, load.event("listening")["port"])
            return figures_of(load, mcu, seconds, watcher or Watcher())
        finally:
            stop(load, mcu)


def stop(*processes):
    """All of them, whatever one does; that one ends slowly is said, and no reason to lose the figures."""
    for process in processes:
        try:
            if process is not None:
                process.stop()
        except AssertionError as problem:
            print(f"tests/bench/run: {problem}", file=sys.stderr)


class Watcher:
    """What a case does besides: nothing, here."""

    def before(self, load, mcu):
        return {}

    def during(self, mcu):
        pass

    def after(self, mcu):
        return {}


def figures_of(load, mcu, seconds, watcher):
    load.event("ready")
    time.sleep(0.3)
    idle = Snapshot(mcu.pid)
    figures = dict(watcher.before(load, mcu))
    load.event("joining", 600)
    before_joins = cpu_ticks(mcu.pid)
    load.event("joined", 120)
    figures["join_cpu"] = cpu_ticks(mcu.pid) - before_joins
    load.event("begin")
    begin, begin_ticks = Snapshot(mcu.pid), cpu_ticks(mcu.pid)
    watcher.during(mcu)
    load.event("end", seconds + 60)
    end, end_ticks = Snapshot(mcu.pid), cpu_ticks(mcu.pid)
    figures["cpu"] = (end_ticks - begin_ticks) / (end.at - begin.at)
    figures.update(rss_mb=end.rss_mb, threads=end.threads, fds=end.fds, idle_rss_mb=idle.rss_mb,
                   idle_threads=idle.threads, idle_fds=idle.fds)
    result = load.event("result", 120)
    figures.update({key: float(value) for key, value in result.items() if key != "event"})
    assert mcu.alive(), "rollcall-mcu has ended: " + "\n".join(mcu.lines[-10:])
    figures.update(watcher.after(mcu))
    return figures
