"""What ./check all does beyond the usual suites: builds under sanitizers, and fuzzing for minutes."""

import os
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from suite_counts import Count

ROOT = Path(__file__).resolve().parents[1]
SANITIZED = ["unit", "contract", "component"]
SUPPRESSIONS = ROOT / "tests/sanitizers/suppressions.txt"
FUZZ_SECONDS = 60  # for each target


@dataclass
class Build:
    folder: str
    options: list
    tools: dict  # environment variable → (kinds of suppression that it reads, further options)


BUILDS = [
    Build("build-asan", ["-Db_lundef=false", "-Db_sanitize=address,undefined"],
          {"LSAN_OPTIONS": ({"leak"}, ""),
           "ASAN_OPTIONS": ({"interceptor_via_lib", "interceptor_via_fun", "odr_violation"}, "detect_stack_use_after_return=1"),
           "UBSAN_OPTIONS": ({"alignment", "vptr", "undefined"}, "print_stacktrace=1:halt_on_error=1")}),
    Build("build-tsan", ["-Db_lundef=false", "-Db_sanitize=thread"],
          {"TSAN_OPTIONS": ({"race", "thread", "mutex", "deadlock", "signal", "called_from_lib"},
                            "halt_on_error=1:second_deadlock_stack=1")}),
]


def split_suppressions(build):
    """The environment for the tests of `build`. A tool refuses a kind of line that it does not know."""
    lines = [line.strip() for line in SUPPRESSIONS.read_text().splitlines() if line.strip() and not line.startswith("#")]
    folder = ROOT / build.folder
    environment = {}
    for variable, (kinds, options) in build.tools.items():
        own = folder / f"{variable.lower()}.supp"
        own.write_text("\n".join(line for line in lines if line.split(":")[0] in kinds) + "\n")
        environment[variable] = ":".join(part for part in (options, f"suppressions={own}") if part)
    return environment


def sanitizers(run, configure, compile_everything):
    for build in BUILDS:
        if configure(run, build.folder, build.options) and compile_everything(run, build.folder):
            for suite in SANITIZED:
                run.meson(suite, build.folder, split_suppressions(build), timeout_factor=10)


def fuzz(run, configure):
    """Each target of tests/fuzz for a minute, from its corpus. A finding fails; so does a target that was not built."""
    folder = "build-fuzz"
    coverage = "-fsanitize=fuzzer-no-link,address"
    options = ["-Dfuzzers=true", "-Dwerror=false", "-Db_lundef=false", f"-Dcpp_args={coverage}", "-Dcpp_link_args=-fsanitize=address"]
    targets = sorted(path.stem for path in (ROOT / "tests/fuzz").glob("fuzz_*.cpp"))
    ready = configure(run, folder, options, {"CC": "clang-19", "CXX": "clang++-19"}) and run.command(
        "building the fuzz targets", ["ninja", "-C", folder, *(f"tests/fuzz/{target}" for target in targets)])
    for target in targets if ready else []:
        began = time.monotonic()
        run.say(f"{target}, {FUZZ_SECONDS} s")
        found = ROOT / folder / "found" / target
        found.mkdir(parents=True, exist_ok=True)
        corpus = [str(path) for path in [ROOT / "tests/fuzz/corpus" / target.removeprefix("fuzz_")] if path.is_dir()]
        code = subprocess.run([str(ROOT / folder / "tests/fuzz" / target), f"-max_total_time={FUZZ_SECONDS}", "-print_final_stats=1",
                               f"-artifact_prefix={found}/", str(found), *corpus],
                              cwd=ROOT, env={**os.environ, "ASAN_OPTIONS": "detect_leaks=0"}).returncode
        run.add(target, Count(1, 0) if code == 0 else Count(0, 1), began)
    if not targets:
        run.add("fuzzing", Count(0, 1), time.monotonic())
