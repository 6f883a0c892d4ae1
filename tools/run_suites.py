#!/usr/bin/python3
"""Builds Rollcall and runs its test suites; the part of ./check behind the package installation.

Counts test cases (doctest's and pytest's), not binaries. A skipped test counts as failed.
"""

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path

import deep_checks
from suite_counts import Count, count_meson_log, count_junit

ROOT = Path(__file__).resolve().parents[1]
PYTHON = "/usr/bin/python3"  # Debian's, which sees Debian's slixmpp, pytest and jsonschema

MESON = ["unit", "contract", "component", "media"]
PYTEST = {
    "architecture": ["tests/architecture"],
    "harness": ["tests/support"],
    "packaging": ["tests/packaging"],
    "integration": ["tests/integration"],
    "browser": ["tests/browser"],
    "sip": ["tests/sip"],
    "modes": ["tests/modes"],
    "desktop": ["tests/desktop"],
    "soak": ["tests/soak/test_joins.py"],
    "faults": ["tests/soak/test_faults_of_the_network.py"],
}
DEEP = {"sanitizers": lambda run: deep_checks.sanitizers(run, configure, compile_everything),
        "fuzz": lambda run: deep_checks.fuzz(run, configure)}
QUICK = ["architecture", "unit", "contract", "component"]
USUAL = ["architecture", "unit", "contract", "component", "media", "harness", "packaging", "integration", "browser", "sip", "modes", "desktop", "soak"]
SECONDS = {"integration": 1500, "browser": 900, "sip": 600, "modes": 600, "desktop": 900, "soak": 900, "faults": 3600}


class Run:
    """One ./check: what was run so far, how it went, how long it took."""

    def __init__(self, build):
        self.build = build
        self.logs = ROOT / build / "check-logs"
        self.counts = []

    def say(self, text):
        print(f"\n== {text}", flush=True)

    def command(self, what, arguments, **keywords):
        """Runs a step that must succeed for the rest to make sense; a failure counts as one failed test."""
        began = time.monotonic()
        self.say(what)
        code = subprocess.run(arguments, cwd=ROOT, **keywords).returncode
        print(f"   {what}: {'done' if code == 0 else f'failed (exit code {code})'}, {time.monotonic() - began:.0f} s", flush=True)
        if code != 0:
            self.add(what, Count(0, 1), began)
        return code == 0

    def add(self, suite, count, began):
        self.counts.append((suite, count, time.monotonic() - began))

    def meson(self, suite, build=None, environment=None, timeout_factor=1):
        build = build or self.build
        began = time.monotonic()
        name = suite if build == self.build else f"{suite} ({build})"
        self.say(name)
        log = ROOT / build / "meson-logs" / f"testlog-{suite}.json"
        log.unlink(missing_ok=True)
        subprocess.run(["meson", "test", "-C", build, "--no-rebuild", "--suite", suite, "--logbase", f"testlog-{suite}",
                        "--print-errorlogs", "--timeout-multiplier", str(timeout_factor)],
                       cwd=ROOT, env={**os.environ, **(environment or {})})
        self.add(name, count_meson_log(log), began)

    def pytest(self, suite):
        began = time.monotonic()
        self.say(suite)
        self.logs.mkdir(parents=True, exist_ok=True)
        junit = self.logs / f"{suite}.xml"
        junit.unlink(missing_ok=True)
        environment = {**os.environ, "ROLLCALL_BUILD": str(ROOT / self.build), "PYTHONDONTWRITEBYTECODE": "1"}
        code = "no end"
        try:
            code = subprocess.run([PYTHON, "-m", "pytest", "-p", "no:cacheprovider", "-q", "-rfEs", "--tb=short",
                                   f"--junitxml={junit}", *PYTEST[suite]],
                                  cwd=ROOT, env=environment, timeout=SECONDS.get(suite, 300)).returncode
        except subprocess.TimeoutExpired:
            print(f"   {suite} took longer than {SECONDS.get(suite, 300)} s and was ended")
        count = count_junit(junit)
        if code != 0 and count.failed == 0:
            count = Count(count.passed, 1)
        self.add(suite, count, began)

    def suite(self, name):
        if name in PYTEST:
            self.pytest(name)
        else:
            self.meson(name)

    def finish(self):
        """The table, then the one line that a machine reads."""
        self.say("what was run")
        for suite, count, seconds in self.counts:
            print(f"   {suite:<28} {count.passed:>5} passed {count.failed:>4} failed {seconds:>6.0f} s")
        total = sum((count for _, count, _ in self.counts), Count(0, 0))
        print(f"\n{total.passed} passed, {total.failed} failed", flush=True)
        return 1 if total.failed or not total.passed else 0


def configure(run, build, options=(), environment=None):
    if (ROOT / build / "build.ninja").exists():
        return run.command(f"configuring {build}", ["meson", "configure", build, "-Dprefix=/usr"])
    return run.command(f"configuring {build}", ["meson", "setup", build, "-Dprefix=/usr", *options],
                       env={**os.environ, **(environment or {})})


def compile_everything(run, build, environment=None):
    return run.command(f"building {build}", ["ninja", "-C", build], env={**os.environ, **(environment or {})})


def node_packages(run):
    """The browser's side, exactly as the lock file says."""
    folder = ROOT / "tests" / "browser"
    marker = folder / "node_modules" / ".package-lock.json"
    if marker.exists() and marker.stat().st_mtime >= (folder / "package-lock.json").stat().st_mtime:
        return True
    return run.command("installing the Node packages",
                       ["npm", "ci", "--prefix", str(folder), "--no-audit", "--no-fund", "--ignore-scripts"])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", nargs="*", help="quick, all, or names of suites; nothing: what a change must not break")
    parser.add_argument("--build", default="build")
    arguments = parser.parse_args()
    known = {"quick": QUICK, "all": [*USUAL, "faults", *DEEP]}
    suites = known.get(arguments.what[0]) if len(arguments.what) == 1 else None
    suites = suites or arguments.what or USUAL
    if unknown := [s for s in suites if s not in MESON and s not in PYTEST and s not in DEEP]:
        parser.error(f"there is no suite called {', '.join(unknown)}")

    run = Run(arguments.build)
    if "architecture" in suites:
        run.suite("architecture")
    needs_build = [s for s in suites if s != "architecture" and s not in DEEP]
    ready = not needs_build or (configure(run, run.build) and compile_everything(run, run.build))
    if ready and {"integration", "browser", "desktop", "faults"} & set(suites):
        ready = node_packages(run)
    for name in needs_build if ready else []:
        run.suite(name)
    for name in [s for s in suites if s in DEEP] if ready else []:
        DEEP[name](run)
    return run.finish()


if __name__ == "__main__":
    sys.exit(main())
