"""The soak runs in namespaces of its own, as the desktop's tests do: Dino wants the real ports, and a network can be spoilt."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "desktop"))

import machine  # noqa: E402  (found by the line above)


def pytest_configure(config):
    if not machine.inside():
        config.pluginmanager.getplugin("capturemanager").stop_global_capturing()
        machine.enter()


@pytest.fixture(scope="session", autouse=True)
def computer(tmp_path_factory):
    assert machine.inside(), "these tests need namespaces of their own: run pytest with tests/soak and nothing else"
    return machine.Machine(tmp_path_factory.mktemp("machine"))
