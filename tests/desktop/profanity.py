"""profanity in a terminal of its own (tmux), driven by typing and read off the screen."""

import subprocess

from session import wait_for

ACCOUNT = """[test]
enabled=true
jid={jid}
resource=profanity
password={password}
server=127.0.0.1
port={port}
tls.policy={tls}
"""
SETTINGS = """[ui]
splash=false
roster.presence=true
roster.status=true
roster.offline=true
wrap=true
[connection]
account=test
"""


class Profanity:
    """One terminal with one profanity of one account; everything it writes lies in `folder`."""

    def __init__(self, folder, server, user, tls="force"):
        self.folder, self.bare = folder, f"{user}@{server.domain}"
        self.tmux = ["tmux", "-S", str(folder / "tmux"), "-f", "/dev/null"]
        self._write(folder / "config/profanity/profrc", SETTINGS)
        self._write(folder / "data/profanity/accounts",
                    ACCOUNT.format(jid=self.bare, tls=tls, password=server.password(user), port=server.c2s_port))

    @staticmethod
    def _write(path, text):
        path.parent.mkdir(parents=True)
        path.write_text(text)

    def start(self):
        home = {"HOME": self.folder, "XDG_CONFIG_HOME": self.folder / "config", "XDG_DATA_HOME": self.folder / "data",
                "XDG_CACHE_HOME": self.folder / "cache", "LANG": "C.UTF-8", "TERM": "screen-256color"}
        words = ["env", *(f"{name}={value}" for name, value in home.items()), "profanity"]
        self._tmux("new-session", "-d", "-x", "140", "-y", "44", *words)
        self.shows(f"{self.bare}/profanity logged in")
        return self

    def _tmux(self, *words):
        return subprocess.run([*self.tmux, *words], check=True, capture_output=True, text=True, timeout=20).stdout

    def screen(self):
        return self._tmux("capture-pane", "-p")

    def everything(self):
        """All of its windows, one after another."""
        texts = []
        for number in range(1, 6):
            self.types(f"/win {number}")
            texts.append(" ".join(self.screen().split()))
        return " ".join(texts)

    def types(self, line):
        """A line and Return; without the line what stands on the screen already would be taken for the answer."""
        self._tmux("send-keys", "-l", line)
        self._tmux("send-keys", "Enter")

    def shows(self, *parts, seconds=30):
        """Waits until all parts stand on the screen, wherever the terminal's width has broken the lines."""
        def look():
            text = " ".join(self.screen().split())
            return text if all(part in text for part in parts) else None
        try:
            return wait_for(look, f"{parts} on the screen", seconds)
        except AssertionError as error:
            raise AssertionError(f"{error}:\n{self.screen()}") from None

    def stop(self):
        subprocess.run([*self.tmux, "kill-server"], capture_output=True, timeout=20)
