"""What an H.320 terminal behind a gateway has if it is old: H.261, to and from GStreamer as the other implementation."""

import select
import socket
import subprocess
import threading

from house import PIN, House
from rig.ports import free_port
from rig.process import Process
from rig.senses import wait_until
from test_codecs import sends_picture
from test_signalling import SCENARIOS

CAPS = "application/x-rtp,media=video,clock-rate=90000,encoding-name=H261,payload=31"


class Wire(threading.Thread):
    """One port that a sender and a receiver of RTP share: the MCU hears only whom the description names."""

    def __init__(self):
        super().__init__(daemon=True)
        self.outside, self.inside = (socket.socket(socket.AF_INET, socket.SOCK_DGRAM) for _ in range(2))
        for end in (self.outside, self.inside):
            end.bind(("127.0.0.1", 0))
        self.port, self.sender_port = self.outside.getsockname()[1], self.inside.getsockname()[1]
        self.receiver_port, self.mcu, self.over = free_port(), None, False

    def run(self):
        while not self.over:
            for end in select.select([self.outside, self.inside], [], [], 0.2)[0]:
                packet = end.recv(65536)
                if end is self.outside:
                    end.sendto(packet, ("127.0.0.1", self.receiver_port))
                elif self.mcu:
                    self.outside.sendto(packet, self.mcu)


def test_h261_comes_and_goes(tmp_path):
    house = House(tmp_path, gateways=[{"name": "atm", "mode": "atm", "profile": "h320", "video_kbit": 384, "inbound_from": ["127.0.0.1"]}])
    wire = Wire()
    sound = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sound.bind(("127.0.0.1", 0))
    receiver = Process("receiver", ["gst-launch-1.0", "-v", "udpsrc", f"port={wire.receiver_port}", f"caps={CAPS}", "!", "rtph261depay", "!",
                                    "avdec_h261", "!", "fakesink", "sync=false", "num-buffers=60"], tmp_path / "receiver.log")
    sender = Process("sender", ["gst-launch-1.0", "videotestsrc", "is-live=true", "!", "video/x-raw,width=352,height=288,framerate=15/1",
                                "!", "avenc_h261", "bitrate=300000", "!", "rtph261pay", "pt=31", "!", "udpsink", "host=127.0.0.1",
                                f"port={wire.sender_port}"], tmp_path / "sender.log")
    ports = tmp_path / "ports.csv"
    ports.write_text(f"SEQUENTIAL\n{sound.getsockname()[1]};{wire.port}\n")
    terminal = None
    try:
        house.start()
        wire.start()
        receiver.start()
        terminal = subprocess.Popen(["sipp", "-sf", SCENARIOS / "h261.xml", "-inf", ports, "-s", PIN, "-i", "127.0.0.1", "-p", str(free_port()),
                                     "-m", "1", "-timeout", "150s", "-timeout_error", "-nostdin", f"127.0.0.1:{house.port}"],
                                    cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_until(lambda: [] if house.media_addresses("video") else ["no answer with a picture"], 60)
        wire.mcu = house.media_addresses("video")[-1]
        sender.start()
        wait_until(lambda: sends_picture(house, 288), 90)
        # Sixty pictures, then it ends by itself.
        wait_until(lambda: [] if not receiver.alive() else ["not enough pictures"], 90)
        assert receiver.child.returncode == 0
        assert any("width=(int)352" in line and "height=(int)288" in line for line in receiver.lines)
        house.say("hangup leg-1")
        assert terminal.wait(60) == 0
    finally:
        wire.over = True
        if terminal and terminal.poll() is None:
            terminal.terminate()
        for process in (sender, receiver):
            if process.child and process.alive():
                process.stop()
        house.close()
