"""coturn, whose credentials are made of a secret that it shares with an XMPP server."""

import re
import secrets

from .ports import free_port
from .process import Process


class Relay:
    """One STUN and TURN server on the loopback interface; owned by a fixture."""

    def __init__(self, folder):
        self.host, self.port, self.secret = "127.0.0.1", free_port(), secrets.token_hex(16)
        self.process = Process("turnserver", [
            "turnserver", "-n", "--verbose", f"--listening-ip={self.host}", f"--relay-ip={self.host}", f"--listening-port={self.port}",
            "--use-auth-secret", f"--static-auth-secret={self.secret}", "--realm=example.org", "--no-tls", "--no-dtls", "--no-tcp",
            "--no-cli", "--allow-loopback-peers", "--log-file=stdout", f"--pidfile={folder}/turnserver.pid",
            f"--db={folder}/turnserver.db"], folder / "turnserver.log")

    def start(self):
        self.process.start()
        self.process.wait_for(lambda line: re.search("listener.* opened on", line), 60)
        return self

    def waits_for(self, *parts, seconds=60):
        """A line of its log with all parts."""
        return self.process.wait_for(lambda line: all(part in line for part in parts), seconds)

    def stop(self):
        self.process.stop()
