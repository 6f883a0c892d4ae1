"""The Debian packages: made of the build that is tested, found clean by lintian, installed and purged in a copy of this system."""

import os
import re
import subprocess

import pytest

from rig.installation import BUILD
from rig.xmpp_server import PROJECT

PACKAGES = ["rollcall", "rollcall-common", "rollcall-mcu", "rollcall-probe", "rollcall-sip", "rollcall-web"]
FOR_PACKAGES_ONLY = {"debhelper-compat", "help2man"}
NOT_FOR_PACKAGES = {"ca-certificates", "ccache", "g++", "git", "ninja-build"}  # build-essential, meson, or the checkout's
ROOT = [] if os.geteuid() == 0 else ["sudo", "-n"]
# The system as it is, with everything that is written kept in memory and forgotten at the end.
IN_A_COPY = """
set -e
mount -t tmpfs none "$1"
mkdir "$1/new" "$1/work" "$1/root"
mount -t overlay overlay -o "lowerdir=/,upperdir=$1/new,workdir=$1/work" "$1/root"
mount -t proc proc "$1/root/proc"
mkdir "$1/root/packages" && cp "$2"/*.deb "$1/root/packages"
exec chroot "$1/root" sh -ec "$3"
"""


@pytest.fixture(scope="module")
def packages(tmp_path_factory):
    folder = tmp_path_factory.mktemp("packages")
    source = folder / "rollcall"
    source.mkdir()
    files = subprocess.run(["git", "ls-files", "-z"], cwd=PROJECT, check=True, capture_output=True).stdout
    tar = subprocess.run(["tar", "c", "--null", "-T", "-"], cwd=PROJECT, input=files, check=True, capture_output=True).stdout
    subprocess.run(["tar", "x"], cwd=source, input=tar, check=True)
    made = subprocess.run(["dpkg-buildpackage", "--build=binary", "--no-sign", "--no-check-builddeps"], cwd=source, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          env={**os.environ, "ROLLCALL_BUILD": str(BUILD), "DEB_BUILD_OPTIONS": "noautodbgsym"})
    assert made.returncode == 0, made.stdout[-3000:]
    return folder


def in_a_copy(packages, folder, commands):
    return subprocess.run([*ROOT, "unshare", "--mount", "--pid", "--fork", "sh", "-c", IN_A_COPY, "sh", folder, packages, commands],
                          text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=240)


def listed(path):
    return {line.strip() for line in path.read_text().splitlines() if line.strip() and not line.startswith("#")}


def field(package, name):
    text = (PROJECT / "debian/control").read_text()
    paragraph = next(each for each in text.split("\n\n") if re.search(rf"^(?:Source|Package): {package}$", each, re.MULTILINE))
    value = re.search(rf"^{name}:((?: .*|\n .*)+)", paragraph, re.MULTILINE)[1]
    return {re.split(r"[ :]", each.strip())[0] for each in value.replace("\n", ",").split(",") if each.strip()}


def test_what_is_needed_to_build_is_the_same_in_both_lists():
    needed = field("rollcall", "Build-Depends")
    assert needed - FOR_PACKAGES_ONLY == listed(PROJECT / "packaging/packages/build.txt") - NOT_FOR_PACKAGES | {"python3"}


def test_the_media_server_needs_the_plugins_that_the_tests_have():
    plugins = {each for each in listed(PROJECT / "packaging/packages/run.txt") if each.startswith("gstreamer1.0-")}
    assert field("rollcall-mcu", "Depends") >= plugins - {"gstreamer1.0-nice"}  # webrtcbin's, which only the probe has


def test_each_package_is_made_and_lintian_finds_nothing(packages):
    made = {path.name.split("_")[0] for path in packages.glob("*.deb")}
    assert made == set(PACKAGES)
    changes = next(packages.glob("*.changes"))
    found = subprocess.run(["lintian", "--allow-root", "--fail-on", "error,warning", changes], capture_output=True, text=True)
    assert found.returncode == 0, found.stdout + found.stderr


def test_the_completion_knows_every_command():
    told = subprocess.run([BUILD / "ctl/rollcallctl", "--help"], check=True, capture_output=True, text=True).stdout
    commands = set(re.findall(r"^  ([a-z]+) ", told, re.MULTILINE))
    words = re.search(r'-W "((?:[a-z]+ ?)+)"', (PROJECT / "packaging/completion/rollcallctl").read_text())[1]
    assert commands and commands == set(words.split())


def test_they_install_with_a_user_and_settings_that_only_he_reads_and_purge_without_a_trace(packages, tmp_path):
    done = in_a_copy(packages, tmp_path, """
        dpkg --install packages/*.deb
        stat -c 'settings %U %G %a' /etc/rollcall/rollcall.toml
        rollcall --version; rollcall-mcu --version; rollcall-web --version; rollcall-sip --version; rollcallctl --version
        for page in rollcall.8 rollcall-mcu.8 rollcall-web.8 rollcall-sip.8 rollcallctl.8 rollcall-probe.1 rollcall.toml.5; do
            man --warnings -P cat "${page##*.}" "${page%.*}" | head -1
        done
        printf 'montague.lit\\n\\n\\n\\n' | rollcallctl setup > /told
        stat -c 'filled in %U %G %a' /etc/rollcall/rollcall.toml
        rollcall --check-config
        dpkg --install packages/*.deb
        grep call.montague.lit /etc/rollcall/rollcall.toml
        grep -F "$(sed -n 's/^secret = //p' /etc/rollcall/rollcall.toml | head -1)" /told
        dpkg --purge rollcall rollcall-mcu rollcall-web rollcall-sip rollcall-probe rollcall-common
        find / -xdev -path '*rollcall*' -newer /packages -not -path '/packages*' -not -path '/proc/*' -not -path '/var/lib/dpkg/*' -printf 'left %p\\n' || true
    """)
    assert done.returncode == 0, done.stdout
    assert "settings root rollcall 640" in done.stdout
    assert "filled in root rollcall 640" in done.stdout
    assert 'domain = "call.montague.lit"' in done.stdout, "an upgrade keeps the settings"
    assert re.search(r'component_secret = "[0-9a-f]{48}"', done.stdout), "the server's lines have the same secret"
    assert done.stdout.count("rollcall") and "No manual entry" not in done.stdout and "warning" not in done.stdout, done.stdout
    assert "left /etc" not in done.stdout and "left /usr" not in done.stdout, done.stdout
