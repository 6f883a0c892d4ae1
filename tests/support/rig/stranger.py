"""Somebody who belongs to no call and sends garbage to every port of the media."""

import os
import random
import socket
import struct
import threading
from pathlib import Path


def media_ports(address, least, most):
    """The UDP ports that are open on that address, within these bounds."""
    wanted = "".join(f"{int(part):02X}" for part in reversed(address.split(".")))
    fields = [line.split()[1] for line in Path("/proc/net/udp").read_text().splitlines()[1:]]
    ports = [int(port, 16) for host, port in (field.split(":") for field in fields) if host == wanted]
    return [port for port in ports if least <= port <= most]


def rtp(random_):
    head = struct.pack(">BBHII", 0x80 | random_.choice((0, 0x10, 0x20, 0x0F)), random_.choice((96, 97, 98, 111, 0, 200)),
                       random_.getrandbits(16), random_.getrandbits(32), random_.getrandbits(32))
    return head + os.urandom(random_.choice((0, 1, 3, 40, 1100)))


def rtcp(random_):
    head = struct.pack(">BBHI", 0x80 | random_.getrandbits(5), random_.choice((200, 201, 203, 205, 206, 207)),
                       random_.choice((0, 1, 6, 65535)), random_.getrandbits(32))
    return head + os.urandom(random_.choice((0, 4, 24, 100)))


def stun(random_):
    head = struct.pack(">HHI", random_.choice((0x0001, 0x0101, 0x0111)), random_.choice((0, 8, 65532)), 0x2112A442)
    return head + os.urandom(12 + random_.choice((0, 8, 40)))


def dtls(random_):
    head = struct.pack(">BHHIHH", random_.choice((20, 21, 22, 23)), 0xFEFD, 0, 0, random_.getrandbits(16), random_.choice((0, 40, 2000)))
    return head + os.urandom(40)


class Stranger:
    """Sends on a thread of his own until he stops: the same garbage in every run."""

    def __init__(self, address, ports, packets_per_second=400, seed=1):
        self.address, self.bounds, self.pause, self.random = address, ports, 1 / packets_per_second, random.Random(seed)
        self.over, self.sent = threading.Event(), 0
        self.thread = threading.Thread(target=self._send, daemon=True)

    def start(self):
        self.thread.start()
        return self

    def _send(self):
        kinds = [rtp, rtcp, stun, dtls, lambda random_: os.urandom(random_.choice((0, 1, 7, 500, 1400)))]
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as out:
            ports = []
            while not self.over.wait(self.pause):
                if self.sent % 200 == 0:
                    ports = media_ports(self.address, *self.bounds)
                    assert ports, "no port of the media is open"
                self.sent += 1
                out.sendto(self.random.choice(kinds)(self.random), (self.address, self.random.choice(ports)))

    def stop(self):
        self.over.set()
        self.thread.join(10)
        assert self.sent > 100, "the stranger sent next to nothing"
