"""What Prosody and ejabberd have in common for a test: domains, ports, accounts, and the component's snippet."""

from pathlib import Path

from .ports import free_port
from .process import Process

PROJECT = Path(__file__).resolve().parents[3]
PASSWORD = "secret-of-a-test"


class XmppServer:
    """One server with configuration and data of its own in `folder`. `prefix` starts it elsewhere (a namespace).
    `relay`: the rig.relay.Relay that it tells of (XEP-0215), to the component too."""

    kind = ""

    def __init__(self, folder, domain="example.org", component="call.example.org", strangers="elsewhere.example",
                 secret="secret-of-a-component", prefix=(), host="127.0.0.1", relay=None):
        self.folder = Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.domain, self.component, self.strangers, self.secret = domain, component, strangers, secret
        self.prefix, self.host, self.relay = list(prefix), host, relay
        self.c2s_port, self.component_port, self.http_port = free_port(), free_port(), free_port()
        self.process = None

    @property
    def websocket(self):
        return f"ws://{self.host}:{self.http_port}/xmpp-websocket"

    def password(self, user):
        return PASSWORD

    def snippet(self, path):
        """The file that the README shows, with this test's domain and secret."""
        text = (PROJECT / "packaging" / path).read_text()
        text = text.replace('"call.example.org"', f'"{self.component}"').replace('"example.org"', f'"{self.domain}"')
        return text.replace("change-me", self.secret)

    def run(self, command, environment=None):
        self.process = Process(self.kind, self.prefix + command, self.folder / f"{self.kind}.log", environment, self.folder)
        self.process.start()
        return self

    def restart(self):
        self.stop()
        return self.start()

    def stop(self):
        if self.process:
            self.process.stop()

    def kill(self):
        self.process.kill()
