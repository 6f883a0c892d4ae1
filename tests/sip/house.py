"""The SIP door and the MCU beside a bare allocator, and the telephones that call."""

import json
import secrets
import struct

from rig.installation import BUILD, as_toml, binary
from rig.ports import free_port
from rig.process import Process

PIN = "team*2468"


def tables(name, records):
    """[[name]] … of TOML."""
    return "".join(f"\n[[{name}]]\n" + "".join(f"{key} = {json.dumps(value)}\n" for key, value in record.items()) for record in records)


class House:
    """Three processes of one module of tests."""

    def __init__(self, folder, gateways=(), accounts=(), **sip):
        self.folder, self.port = folder, free_port()
        self.tokens = {"mcu_token": secrets.token_hex(16), "sip_token": secrets.token_hex(16)}
        self.transcript = folder / "transcript.jsonl"
        self.config = folder / "rollcall.toml"
        self.gateways, self.accounts, self.sip = gateways, accounts, sip
        self.running = {}

    def _start(self, name, *command, **options):
        self.running[name] = Process(name, command, self.folder / f"{name}.log", **options).start()
        return self.running[name]

    def start(self):
        program = BUILD / "tests" / "sip" / "bare_sip_allocator"
        assert program.is_file(), f"{program} is not built"
        allocator = self._start("allocator", program, self.tokens["mcu_token"], self.tokens["sip_token"],
                                self.transcript, takes_lines=True)
        control = allocator.wait_for_event("control.listening")["port"]
        self.config.write_text(as_toml({
            "log": {"level": "debug"},
            "control": {"url": f"ws://127.0.0.1:{control}/control", **self.tokens},
            "mcu": {"name": "mcu-1", "addresses": ["127.0.0.1"]},
            "sip": {"listen": f"127.0.0.1:{self.port}", "plain_accounts": True, **self.sip},
        }) + tables("gateway", self.gateways) + tables("sip_account", self.accounts))
        self._start("mcu", binary("rollcall-mcu"), "--config", self.config).wait_for_event("conference.started", 60)
        self._start("sip", binary("rollcall-sip"), "--config", self.config).wait_for_event("control.connected", 60)
        return self

    @property
    def door(self):
        return self.running["sip"]

    def say(self, line):
        self.running["allocator"].say(line)

    def heard(self, method):
        """The parameters of every control message of this method, in order."""
        found = []
        for line in self.transcript.read_text().splitlines():
            message = json.loads(json.loads(line)["text"])
            if message.get("method") == method:
                found.append(message.get("params", {}))
        return found

    def media_addresses(self, kind):
        """Where the MCU takes media of this kind, by its answers."""
        found = []
        for line in self.transcript.read_text().splitlines():
            description = (json.loads(json.loads(line)["text"]).get("result") or {}).get("description", {})
            for media in description.get("media", []):
                address = description["transports"][media.get("transport", 0)].get("address") if media["kind"] == kind else None
                if address:
                    found.append((address["ip"], address["rtp_port"]))
        return found

    def close(self):
        for process in reversed(self.running.values()):
            if process.alive():
                process.stop()


BARESIP = """
sip_listen {address}:{port}
net_interface {address}
audio_source ausine,{tone}
audio_player aufile,/dev/null
audio_alert aufile,/dev/null
audio_level no
ausrc_srate 48000
auplay_srate 48000
ausrc_channels 2
auplay_channels 2
rtp_ports {rtp}-{rtp_last}
rtcp_mux {mux}
module_path /usr/lib/baresip/modules
{modules}
snd_path {folder}
module_tmp uuid.so
module_app account.so
module_app menu.so
"""


PICTURE = """
video_source fakevideo
video_display fakevideo,nil
video_size {size}
video_bitrate 300000
video_fps 15
"""

MODULES = ("g711.so", "ausine.so", "aufile.so", "sndfile.so")


class Phone:
    """A telephone: baresip, which sends a tone and records what it hears."""

    def __init__(self, folder, tone=440, account="", modules=(), sound="PCMA,PCMU", picture="", size="352x288", mux="no",
                 user="phone", address="127.0.0.1", transport="udp"):
        """`sound`, `picture`: its codecs by baresip's names; without a picture it has no camera."""
        self.folder, self.port = folder, free_port()
        folder.mkdir()
        rtp = 20000 + self.port % 20000 // 20 * 20
        (folder / "config").write_text(BARESIP.format(
            address=address, port=self.port, tone=tone, rtp=rtp, rtp_last=rtp + 18, folder=folder, mux=mux,
            modules="\n".join(f"module {name}" for name in dict.fromkeys(("stdio.so", *MODULES, *modules))))
            + (PICTURE.format(size=size) if picture else ""))
        (folder / "accounts").write_text(
            f"<sip:{user}@{address}:{self.port};transport={transport}>;regint=0;audio_codecs={sound}"
            f"{f';video_codecs={picture}' if picture else ''}{account}\n")
        (folder / "contacts").write_text("")
        self.process = Process(f"baresip {folder.name}", ["baresip", "-f", folder], folder / "log", takes_lines=True)

    def start(self, *commands):
        self.process.command += [part for command in commands for part in ("-e", command)]
        self.process.start()
        return self

    def calls(self, uri):
        return self.start(f"/dial {uri}")

    def hears(self):
        """The loudest frequency (Hz) of the last second that it recorded, and its share of all that sounds."""
        recordings = sorted(self.folder.glob("dump-*-dec.wav"), key=lambda path: path.stat().st_mtime)
        return loudest(recordings[-1]) if recordings else (0, 0.0)

    def stop(self):
        if self.process.alive():
            self.process.say("q")
            self.process.stop()


def hears_tone(phone, wanted):
    frequency, share = phone.hears()
    return [] if abs(frequency - wanted) < 20 and share > 0.5 else [f"{phone.process.name} hears {frequency:.0f} Hz ({share:.2f})"]


def loudest(path):
    """The file is still written to: its header does not say how long it is."""
    import numpy
    raw = path.read_bytes()
    if len(raw) < 44:
        return 0, 0.0
    channels, rate = struct.unpack("<HI", raw[22:28])
    samples = numpy.frombuffer(raw[44:44 + (len(raw) - 44) // 2 * 2], dtype="<i2")[::channels].astype(float)[-rate:]
    if len(samples) < rate // 2 or not numpy.any(samples):
        return 0, 0.0
    power = numpy.abs(numpy.fft.rfft(samples * numpy.hanning(len(samples)))) ** 2
    peak = int(power.argmax())
    share = power[max(0, peak - 4):peak + 5].sum() / power.sum()
    return peak * rate / len(samples), float(share)
