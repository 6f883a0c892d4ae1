"""The rooms of the project as declared in rooms.toml and as its #include lines really have them."""

import re
import subprocess
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.MULTILINE)
THREADED = re.compile(
    r"\bstd::(thread|jthread|mutex|recursive_mutex|shared_mutex|timed_mutex|atomic\w*|condition_variable\w*|"
    r"lock_guard|unique_lock|scoped_lock|future|promise|async|latch|barrier|counting_semaphore)\b"
    r"|\bPoco::(Thread|Mutex|FastMutex|RWLock|Event|Condition)\b|\b(GMutex|GThread|g_thread_\w+|g_mutex_\w+)\b"
)
C_HEADERS = {f"{name}.h" for name in "assert ctype errno inttypes limits locale math signal stdarg stddef stdint stdio stdlib string time".split()}
SOURCES = {".cpp", ".h"}


@dataclass
class Room:
    name: str
    sentence: str
    arrows: set = field(default_factory=set)
    foreign: set = field(default_factory=set)
    test_arrows: set = field(default_factory=set)
    test_foreign: set = field(default_factory=set)
    threads: bool = False
    test_threads: bool = False


@dataclass
class Table:
    rooms: dict
    groups: dict

    @classmethod
    def read(cls, path):
        data = tomllib.loads(Path(path).read_text())
        rooms = {}
        for entry in data["room"]:
            tests = entry.get("tests", {})
            rooms[entry["name"]] = Room(
                entry["name"], entry["sentence"], set(entry.get("arrows", [])), set(entry.get("foreign", [])),
                set(tests.get("arrows", [])), set(tests.get("foreign", [])), entry.get("threads", False),
                tests.get("threads", False))
        return cls(rooms, data["foreign"])

    def room_of(self, path):
        """The room that a file lies in: the longest declared folder that holds it."""
        folders = [str(parent) for parent in Path(path).parents]
        return next((folder for folder in folders if folder in self.rooms), None)

    def groups_of(self, header):
        return {name for name, prefixes in self.groups.items() if any(header.startswith(p) for p in prefixes)}


@dataclass
class Include:
    path: str
    line: int
    header: str
    quoted: bool

    @property
    def in_test(self):
        return is_test(self.path)

    def __str__(self):
        return f"{self.path}:{self.line}"


def is_test(path):
    """A room's own tests, what they share among themselves, and its small tools for people (run_*)."""
    return Path(path).name.startswith(("test_", "run_")) or Path(path).stem.endswith("_play")


def tracked_files(root):
    """Every file of the project that git knows or would add; without git (a source archive) every file there is."""
    try:
        listing = subprocess.run(["git", "-C", str(root), "ls-files", "-co", "--exclude-standard"], check=True,
                                 capture_output=True, text=True).stdout.splitlines()
    except (OSError, subprocess.CalledProcessError):
        listing = [str(p.relative_to(root)) for p in Path(root).rglob("*") if p.is_file()]
        listing = [p for p in listing if not p.startswith(("build", ".git/")) and "node_modules/" not in p]
    return sorted(p for p in listing if (Path(root) / p).is_file())


def without_comments(text):
    """The code with its comments blanked, line numbers kept; a URL inside a string stays a string."""
    pattern = re.compile(r'"(?:\\.|[^"\\\n])*"|//[^\n]*|/\*.*?\*/', re.DOTALL)
    return pattern.sub(lambda m: m[0] if m[0][0] == '"' else re.sub(r"[^\n]", " ", m[0]), text)


def includes_of(root, path):
    text = without_comments((Path(root) / path).read_text())
    return [Include(path, text.count("\n", 0, m.start(2)) + 1, m[2], m[1] == '"') for m in INCLUDE.finditer(text)]


def is_standard(header):
    return header in C_HEADERS or ("/" not in header and "." not in header)
