"""Free ports of the loopback interface."""

import socket
import time

_given = set()


def free_port():
    """A port that nobody listens on now and that this process has not given away before."""
    while True:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        if port not in _given:
            _given.add(port)
            return port


def listens(port, host="127.0.0.1"):
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((host, port)) == 0


def wait_for_port(port, alive, seconds=180, host="127.0.0.1"):
    """Waits until something listens; `alive()` says whether the one that should is still there."""
    deadline = time.monotonic() + seconds
    while not listens(port, host):
        if not alive():
            raise AssertionError(f"the process that should listen on port {port} has ended")
        if time.monotonic() > deadline:
            raise AssertionError(f"nothing listens on port {port} after {seconds} s")
        time.sleep(0.05)
