"""One process of the test: started in the foreground, its log kept and searched, ended by its own pid."""

import ctypes
import os
import re
import signal
import subprocess
import threading
import time
from pathlib import Path

PAIR = re.compile(r'(\w[\w.-]*)=("(?:[^"\\]|\\.)*"|\S*)')
PR_SET_PDEATHSIG = 1


def _end_with_the_test():
    """A test runner that is killed takes its servers with it."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def pairs_of(line):
    """The key=value pairs of a log line; quotes around a value are taken off."""
    return {key: value[1:-1].replace('\\"', '"') if value.startswith('"') else value for key, value in PAIR.findall(line)}


class Process:
    """Owned by a fixture or a test. The log is read by a thread of its own and also kept in a file."""

    def __init__(self, name, command, log_path, environment=None, cwd=None, takes_lines=False):
        self.name, self.command, self.log_path = name, [str(part) for part in command], Path(log_path)
        self.environment, self.cwd = environment or {}, cwd
        self.lines, self.child, self.takes_lines = [], None, takes_lines
        self._changed = threading.Condition()

    def start(self):
        self.child = subprocess.Popen(self.command, stdin=subprocess.PIPE if self.takes_lines else subprocess.DEVNULL,
                                      stdout=subprocess.PIPE,
                                      stderr=subprocess.STDOUT, cwd=self.cwd, env={**os.environ, **self.environment},
                                      preexec_fn=_end_with_the_test)
        self._reader = threading.Thread(target=self._read, args=(self.child,), daemon=True)
        self._reader.start()
        return self

    def _read(self, child):
        with open(self.log_path, "a", encoding="utf-8") as log:
            for raw in child.stdout:
                line = raw.decode("utf-8", "replace").rstrip("\n")
                log.write(line + "\n")
                log.flush()
                with self._changed:
                    self.lines.append(line)
                    self._changed.notify_all()

    def say(self, line):
        """A line on its standard input, of a process that takes them."""
        self.child.stdin.write(line.encode() + b"\n")
        self.child.stdin.flush()

    @property
    def pid(self):
        return self.child.pid

    def alive(self):
        return self.child is not None and self.child.poll() is None

    def mark(self):
        """The place in the log that has been reached; waits may begin there."""
        with self._changed:
            return len(self.lines)

    def wait_for(self, wanted, seconds=30, since=0):
        """The first line from `since` on for which `wanted(line)` is true."""
        deadline = time.monotonic() + seconds
        position = since
        with self._changed:
            while True:
                for line in self.lines[position:]:
                    if wanted(line):
                        return line
                position = len(self.lines)
                left = deadline - time.monotonic()
                if left <= 0 or (not self.alive() and not self._reader.is_alive()):
                    tail = "\n  ".join(self.lines[-25:])
                    state = "still runs" if self.alive() else f"has ended with {self.child.poll()}"
                    raise AssertionError(f"{self.name} ({state}) did not log what was waited for; its last lines:\n  {tail}")
                self._changed.wait(min(left, 0.2))

    def wait_for_event(self, event, seconds=30, since=0, **fields):
        """The pairs of the first `event=…` line whose fields are as given."""
        def fits(line):
            pairs = pairs_of(line)
            return pairs.get("event") == event and all(pairs.get(key) == str(value) for key, value in fields.items())
        return pairs_of(self.wait_for(fits, seconds, since))

    def events(self, event, since=0):
        with self._changed:
            found = [pairs_of(line) for line in self.lines[since:]]
        return [pairs for pairs in found if pairs.get("event") == event]

    def kill(self):
        """As a crash would: no goodbye."""
        self.child.kill()
        self.child.wait()
        self._reader.join(5)

    def wait(self, seconds=30):
        """Its exit code."""
        code = self.child.wait(seconds)
        self._reader.join(5)
        return code

    def stop(self, seconds=15):
        """SIGTERM, and SIGKILL where that is not heard. Answers the exit code, None where it never ran."""
        if self.child is None:
            return None
        if self.alive():
            self.child.terminate()
        try:
            return self.wait(seconds)
        except subprocess.TimeoutExpired:
            self.kill()
            raise AssertionError(f"{self.name} did not end within {seconds} s of SIGTERM") from None
