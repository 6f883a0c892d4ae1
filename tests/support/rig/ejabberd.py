"""Debian's ejabberd, with its own configuration and data.

Started as ejabberdctl starts it, but by `erl` itself: ejabberdctl wants to be root or the user ejabberd, and leaves a
su between us and the process.
"""

import glob
import json
import urllib.request

from .ports import wait_for_port
from .xmpp_server import PASSWORD, XmppServer

MODULES = ["adhoc", "caps", "carboncopy", "disco", "http_api", "last", "offline", "ping", "private",
           "roster", "stream_mgmt", "time", "vcard", "version"]


# What a component may get of 23.01: its namespace is urn:xmpp:privilege:1, and it does not keep its word.
PRIVILEGES = """
  mod_privilege:
    roster: {both: all}
    presence: {roster: all}
"""


class Ejabberd(XmppServer):
    kind = "ejabberd"

    def __init__(self, *arguments, privileges=False, **keywords):
        """`privileges`: with mod_privilege, which this version should not have."""
        super().__init__(*arguments, **keywords)
        self.privileges = PRIVILEGES if privileges else ""

    def configuration(self):
        modules = "\n".join(f"  mod_{name}: {{}}" for name in MODULES)
        return f"""
hosts: ["{self.domain}", "{self.strangers}"]
loglevel: info
auth_method: internal
auth_password_format: plain
s2s_access: none
include_config_file:
  - "{self.folder}/rollcall.yml"
listen:
  -
    port: {self.c2s_port}
    ip: "127.0.0.1"
    module: ejabberd_c2s
    starttls: false
    max_stanza_size: 262144
  -
    port: {self.http_port}
    ip: "127.0.0.1"
    module: ejabberd_http
    request_handlers:
      /xmpp-websocket: ejabberd_http_ws
      /api: mod_http_api
api_permissions:
  "the test":
    who:
      - ip: 127.0.0.1/32
    what: [register, unregister]
modules:
{modules}
  mod_mam: {{default: always}}
  mod_muc: {{host: "rooms.@HOST@"}}
  mod_pubsub: {{plugins: [flat, pep], last_item_cache: true}}
{self.privileges}"""

    def start(self):
        (self.folder / "data").mkdir(exist_ok=True)
        snippet = self.snippet("ejabberd/rollcall.yml").replace("port: 5347", f"port: {self.component_port}")
        (self.folder / "rollcall.yml").write_text(snippet)
        configuration = self.folder / "ejabberd.yml"
        configuration.write_text(self.configuration())
        libraries = glob.glob("/usr/lib/*/ejabberd-*")
        assert libraries, "ejabberd is not installed; tools/install-packages test installs it"
        environment = {"ERL_LIBS": libraries[0].rsplit("/", 1)[0], "EJABBERD_CONFIG_PATH": str(configuration),
                       "EJABBERD_LOG_PATH": str(self.folder / "ejabberd-own.log"), "HOME": str(self.folder),
                       "ERL_CRASH_DUMP": str(self.folder / "crash.dump")}
        self.run(["erl", "+K", "true", "+S", "1:1", "-noinput", "-mnesia", "dir", f'"{self.folder}/data"', "-s", "ejabberd"],
                 environment)
        for port in (self.c2s_port, self.component_port, self.http_port):
            wait_for_port(port, self.process.alive)
        return self

    def stop(self):
        """At the end of a test: at once, its data is of no use any more. An orderly stop takes up to 13 s."""
        if self.process and self.process.alive():
            self.process.kill()

    def restart(self):
        self.process.stop(60)
        return self.start()

    def add_user(self, name, domain=None, password=PASSWORD):
        body = json.dumps({"user": name, "host": domain or self.domain, "password": password}).encode()
        request = urllib.request.Request(f"http://127.0.0.1:{self.http_port}/api/register", body,
                                         {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=20) as answer:
            assert answer.status == 200
