"""The control channel's transcript, every line held against the schemas in schemas/control."""

import json
from pathlib import Path

import jsonschema

from .xmpp_server import PROJECT

SCHEMAS = PROJECT / "schemas" / "control"


def load_schemas(folder=SCHEMAS):
    schemas = {path.name.removesuffix(".schema.json").removesuffix(".json"): json.loads(path.read_text())
               for path in sorted(Path(folder).glob("*.json"))}
    assert schemas, f"there are no schemas in {folder}"
    return schemas


class Validator:
    """Knows what each request was, so that an answer is held against the result of its own method."""

    def __init__(self, folder=SCHEMAS):
        self.folder = Path(folder)
        self.schemas = load_schemas(folder)
        store = {schema["$id"]: schema for schema in self.schemas.values() if "$id" in schema}
        self.resolver_store = {**store, **{(self.folder / f"{n}.json").as_uri(): s for n, s in self.schemas.items()}}

    def validate(self, value, schema):
        """Every complaint, as sentences. A schema describes {"params": …} of its method, or {"result": …}."""
        base = schema.get("$id", self.folder.as_uri() + "/")
        resolver = jsonschema.RefResolver(base, schema, store=self.resolver_store)
        checker = jsonschema.Draft7Validator(schema, resolver=resolver)
        return [f"{'/'.join(map(str, error.absolute_path)) or 'the message'}: {error.message}"
                for error in checker.iter_errors(value)]

    def check_transcript(self, path):
        """All complaints about the lines of one transcript, and how many lines there were."""
        complaints, asked, count = [], {}, 0
        for number, line in enumerate(Path(path).read_text().splitlines(), 1):
            if not line.strip():
                continue
            count += 1
            entry = json.loads(line)
            message = json.loads(entry["text"])
            for complaint in self.check_message(message, (entry["peer"], entry["direction"]), asked):
                complaints.append(f"{Path(path).name}:{number}: {complaint}: {entry['text'][:300]}")
        return complaints, count

    def check_message(self, message, way, asked):
        if message.get("jsonrpc") != "2.0":
            return ["not JSON-RPC 2.0"]
        peer, direction = way
        if "method" in message:
            if "id" in message:
                asked[(peer, direction, message["id"])] = message["method"]
            schema = self.schemas.get(message["method"])
            if schema is None:
                return [f"there is no schema for {message['method']}"]
            return self.validate({"params": message.get("params", {})}, schema)
        if "error" in message:
            return [] if isinstance(message["error"].get("code"), int) else ["an error without a code"]
        other = {"sent": "received", "received": "sent"}[direction]
        method = asked.pop((peer, other, message.get("id")), None)
        if method is None and "hello" in asked.values():  # a peer has no name before his hello is answered
            method = asked.pop(next(key for key, value in asked.items() if value == "hello"))
        if method is None:
            return ["an answer to nothing that was asked"]
        return self.validate({"result": message.get("result")}, self.schemas[method])
