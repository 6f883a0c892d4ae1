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
        print(f"""
A conference is running. In it are three people without a screen: {names}.

  SEE IT      {demo.link}
              opens it in a browser{self._warning(demo)}. You are the fourth tile.

  PICTURE     .demo/mix-anna.png is what Anna receives, written anew every two seconds.

  YOUR OWN JABBER CLIENT (Dino, Conversations, Monal, Movim: any that can make a video call)
              address   you@localhost   (on a telephone: phone@localhost)
              password  {password}
              server    {demo.host}, port {ports['c2s']} ("custom host" in the settings of the account)
              The certificate was made by this demo, so the client asks whether to trust it: Conversations and Gajim ask
              in a dialog, "accept" is right here. Dino asks nothing and refuses; start it with the demo's own
              authority: SSL_CERT_FILE=.demo/certificate.pem dino-im
              Then accept the contact demo@call.localhost that asks to be added, open its chat, and press the call button.

  CHAT        write "help" to rollcall@call.localhost

Logs are in .demo/. Ctrl-C ends everything.
""", flush=True)

    @staticmethod
    def _warning(demo):
        return ("; it warns about the certificate, which this demo made itself: continue" if demo.lan else "")

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
