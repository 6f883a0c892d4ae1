"""What ./demo says to the person at the keyboard."""

import sys
import time


class Words:
    def __init__(self):
        self.began = time.monotonic()

    def step(self, text):
        print(f"[{time.monotonic() - self.began:4.0f} s] {text} …", flush=True)

    def progress(self, done, total):
        if sys.stdout.isatty():
            print(f"\r         {done} of {total}", end="", flush=True)
        elif done == total or done % 50 == 0:
            print(f"         {done} of {total}", flush=True)

    def progress_done(self):
        if sys.stdout.isatty():
            print()

    def goodbye(self):
        print("\nEnding everything that was started …", flush=True)

    def tell_everything(self, demo, people, ports, password):
        names = ", ".join(f"{name} ({tone} Hz)" for _, name, _, tone in people)
        warning = "; it warns about the certificate, which this demo made itself: go on" if demo.lan else ""
        print(f"""
A conference is running. In it are three people without a screen: {names}.

  SEE IT      {demo.link}
              opens it in a browser{warning}. You are the fourth tile.

  PICTURE     .demo/mix-anna.png is what Anna receives, written anew every two seconds.

  YOUR OWN JABBER CLIENT
              address   you@localhost   (on a telephone: phone@localhost)
              password  {password}
              server    {demo.host}, port {ports['c2s']}
              Then accept the contact demo@call.localhost that asks to be added, open its chat, and press the call button.

              {self._dino(demo)}
              {self._conversations(demo, ports)}
              Profanity and other clients that cannot call: write to the contacts, commands are below.
              The certificate was made by this demo. A client that asks about it may be told to accept it.

  CHAT        write "help" to rollcall@call.localhost, or to demo@call.localhost

Logs are in .demo/. Ctrl-C ends everything.
""", flush=True)

    @staticmethod
    def _dino(demo):
        if not demo.has_usual_port:
            return "Dino takes no port number, and port 5222 of this machine is in use: Dino cannot be used here."
        return ("Dino finds the server by itself, but refuses unknown certificates without asking. Make this one known:\n"
                "                sudo cp .demo/certificate.pem /usr/local/share/ca-certificates/rollcall-demo.crt\n"
                "                sudo update-ca-certificates    (afterwards: remove the file, and run it again with --fresh)")

    @staticmethod
    def _conversations(demo, ports):
        if not demo.lan:
            return "Conversations on a telephone in the same network: run ./demo --lan ADDRESS, an address of this machine."
        return ("Conversations: in its settings turn on \"extended connection settings\", then add phone@localhost with\n"
                f"              host name {demo.host} and port {ports['c2s']}. It shows the certificate and asks: accept it.")

    def figures(self, reports, people):
        """The table of ./demo --once; the exit code."""
        bad = []
        for user, name, _, _ in people:
            report = reports[user]
            video, audio, times = report["video"], report["audio"], report["times"]
            tiles = sum(1 for tile in report["tiles"] if tile["seen_ms"] > 0)
            tones = ", ".join(f"{tone['hz']} Hz {tone['heard_ms'] / 1000:.1f} s" for tone in audio["tones"])
            print(f"  {name:<6} {video['frames']} pictures {video['width']}x{video['height']} at {video['fps']:.1f}/s, "
                  f"{tiles} of the others' tiles seen; heard {tones}; "
                  f"first picture {times.get('first_frame_ms', '?')} ms after calling")
            bad += [f"{name}: {sentence}" for sentence in report["unmet"]]
        for sentence in bad:
            print(f"  {sentence}")
        print("\nEveryone saw and heard the others, and nobody himself." if not bad else "\nThe demo did not work.", flush=True)
        return 1 if bad else 0
