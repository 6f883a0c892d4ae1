"""What `meson install` gives an operator."""

import glob
import re
import subprocess
import textwrap
from pathlib import Path

import pytest

from rig.installation import BUILD
from rig.xmpp_server import PROJECT

DAEMONS = ["rollcall", "rollcall-mcu", "rollcall-web", "rollcall-sip"]
WORST_EXPOSURE = 2.0  # of systemd-analyze's 10; an unhardened service has 9.6


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    root = tmp_path_factory.mktemp("installed")
    subprocess.run(["meson", "install", "-C", BUILD, "--no-rebuild", "--destdir", root], check=True, capture_output=True)
    return root


def unit(root, name):
    found = list(root.rglob(f"{name}.service"))
    assert len(found) == 1, f"{name}.service is installed {len(found)} times"
    return found[0]


def test_binaries_units_settings_and_snippets_are_installed(installed):
    names = {path.name for path in installed.rglob("*") if path.is_file()}
    wanted = {*DAEMONS, "rollcall-probe", "rollcallctl", "rollcall.rules.yml", "rollcall.toml", "rollcall.cfg.lua", "rollcall.yml", "rollcall.conf", "LICENSE",
              *(f"{daemon}.service" for daemon in DAEMONS)}
    assert wanted <= names, f"missing: {sorted(wanted - names)}"


def test_nothing_but_what_belongs_to_rollcall_is_installed(installed):
    strays = [str(path.relative_to(installed)) for path in installed.rglob("*")
              if path.is_file() and "rollcall" not in str(path.relative_to(installed))]
    assert strays == []


def test_the_settings_file_is_not_for_everybodys_eyes(installed):
    settings = next(installed.rglob("etc/rollcall/rollcall.toml"))
    assert settings.stat().st_mode & 0o007 == 0


@pytest.mark.parametrize("daemon", DAEMONS)
def test_a_unit_starts_the_installed_binary_and_systemd_finds_no_mistake(installed, daemon):
    path = unit(installed, daemon)
    program = re.search(r"^ExecStart=(\S+)", path.read_text(), re.MULTILINE)[1]
    assert (installed / program.lstrip("/")).is_file(), f"{program} is not installed"
    # The binary lies under the test's own root, so the unit is checked with that path in it.
    copy = installed / f"{daemon}.service"
    copy.write_text(path.read_text().replace(program, str(installed / program.lstrip("/"))))
    answer = subprocess.run(["systemd-analyze", "verify", "--man=no", "--recursive-errors=no", copy], capture_output=True, text=True)
    copy.unlink()
    mine = [line for line in answer.stderr.splitlines() if daemon in line]
    assert not mine, "\n".join(mine)


@pytest.mark.parametrize("daemon", DAEMONS)
def test_a_unit_is_as_closed_as_it_can_be(installed, daemon):
    answer = subprocess.run(["systemd-analyze", "security", "--offline=true", "--no-pager", unit(installed, daemon)],
                            capture_output=True, text=True)
    exposure = re.search(r"Overall exposure level for \S+: ([\d.]+)", answer.stdout)
    assert exposure, answer.stdout + answer.stderr
    assert float(exposure[1]) <= WORST_EXPOSURE, answer.stdout


@pytest.mark.parametrize("daemon", DAEMONS)
def test_a_wrong_setting_does_not_make_systemd_start_it_for_ever(daemon):
    text = (PROJECT / "packaging/systemd" / f"{daemon}.service.in").read_text()
    assert re.search(r"^RestartPreventExitStatus=64 78$", text, re.MULTILINE)
    assert re.search(r"^Type=notify$", text, re.MULTILINE)


def test_the_snippets_name_the_same_domain_and_secret_as_the_sample_settings_ask_for():
    for snippet in ("prosody/rollcall.cfg.lua", "ejabberd/rollcall.yml"):
        text = (PROJECT / "packaging" / snippet).read_text()
        own = [line for line in text.splitlines() if re.search(r'example\.org"|"change-me"', line) and not line.startswith(("--", "#"))]
        assert any('"call.example.org"' in line for line in own) and text.count('"change-me"') == 1
        assert all("<- " in line for line in own), "every line that the administrator has to change is marked"


def test_the_readme_names_the_modules_by_which_clients_learn_of_turn():
    """JC-57: the modules that the README tells operators to load are those of Debian's servers."""
    text = (PROJECT / "README.md").read_text()
    assert "XEP-0215" in text
    for pattern, module in (("/usr/lib/prosody/modules/*.lua", "mod_turn_external"), ("/usr/lib/*/ejabberd-*/ebin/*.beam", "mod_stun_disco")):
        assert module in text
        assert module in {Path(path).stem for path in glob.glob(pattern)}


@pytest.mark.parametrize("snippet", ["prosody/rollcall.cfg.lua", "ejabberd/rollcall.yml"])
def test_the_readme_shows_the_very_snippets_that_the_tests_use(snippet):
    blocks = [textwrap.dedent(block) for block in re.findall(r"^ *```\w*\n(.*?)^ *```$", (PROJECT / "README.md").read_text(),
                                                            re.DOTALL | re.MULTILINE)]
    assert (PROJECT / "packaging" / snippet).read_text() in blocks, f"README.md does not show packaging/{snippet} as it is"
