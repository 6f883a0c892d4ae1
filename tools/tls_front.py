"""HTTPS before the browser door: browsers give camera and microphone only to pages that came encrypted (or from localhost)."""

import asyncio
import ssl
import subprocess
import threading


def make_certificate(folder, names, addresses):
    """A certificate of one's own for these names and addresses: (chain file, key file)."""
    chain, key = folder / "certificate.pem", folder / "key.pem"
    alternatives = ",".join([*(f"DNS:{name}" for name in names), *(f"IP:{address}" for address in dict.fromkeys(addresses))])
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30", "-subj", f"/CN={names[0]}",
                    "-addext", f"subjectAltName={alternatives}", "-keyout", key, "-out", chain],
                   check=True, capture_output=True)
    key.chmod(0o600)
    return chain, key


class TlsFront:
    """Takes TLS connections at host:port and hands what is inside to 127.0.0.1:behind. A loop on a thread of its own."""

    def __init__(self, host, port, behind, certificate):
        self.host, self.port, self.behind = host, port, behind
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(*certificate)
        self.loop = asyncio.new_event_loop()

    def start(self):
        threading.Thread(target=self.loop.run_forever, daemon=True).start()
        serving = asyncio.start_server(self._carry, self.host, self.port, ssl=self.context)
        self.server = asyncio.run_coroutine_threadsafe(serving, self.loop).result(10)

    def stop(self):
        self.loop.call_soon_threadsafe(self.server.close)

    async def _carry(self, reader, writer):
        try:
            behind_reader, behind_writer = await asyncio.open_connection("127.0.0.1", self.behind)
        except OSError:
            writer.close()
            return
        await asyncio.gather(self._pump(reader, behind_writer), self._pump(behind_reader, writer))

    @staticmethod
    async def _pump(source, sink):
        try:
            while data := await source.read(65536):
                sink.write(data)
                await sink.drain()
        except OSError:
            pass
        finally:
            sink.close()
