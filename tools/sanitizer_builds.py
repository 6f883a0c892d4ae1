"""The builds under a sanitizer, and the one suppression file split into what each tool can read."""

from dataclasses import dataclass

COMMON = ["--buildtype=debugoptimized", "-Db_lundef=false"]


@dataclass
class Build:
    folder: str
    options: list
    tools: dict  # environment variable → (kinds of suppression it reads, further options)


BUILDS = [
    Build("build-asan", COMMON + ["-Db_sanitize=address,undefined"],
          {"LSAN_OPTIONS": ({"leak"}, ""),
           "ASAN_OPTIONS": ({"interceptor_via_lib", "interceptor_via_fun", "odr_violation"}, "detect_stack_use_after_return=1"),
           "UBSAN_OPTIONS": ({"alignment", "vptr", "undefined"}, "print_stacktrace=1:halt_on_error=1")}),
    Build("build-tsan", COMMON + ["-Db_sanitize=thread"],
          {"TSAN_OPTIONS": ({"race", "thread", "mutex", "deadlock", "signal", "called_from_lib"}, "halt_on_error=1:second_deadlock_stack=1")}),
]


def split_suppressions(path, folder, build):
    """The environment for the tests of `build`. A tool refuses a kind of line that it does not know."""
    lines = [line.strip() for line in path.read_text().splitlines() if line.strip() and not line.startswith("#")]
    folder.mkdir(exist_ok=True)
    environment = {}
    for variable, (kinds, options) in build.tools.items():
        mine = [line for line in lines if line.split(":")[0] in kinds]
        own = folder / f"{variable.lower()}.supp"
        own.write_text("\n".join(mine) + "\n")
        environment[variable] = ":".join(part for part in (options, f"suppressions={own}") if part)
    return environment
