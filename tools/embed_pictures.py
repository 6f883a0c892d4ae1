#!/usr/bin/python3
"""Turns PNG files into a C++ header that holds them as avatars are sent: embed_pictures.py OUTPUT NAMESPACE NAME INPUT…

Each becomes an initialiser {base64, SHA-1 of the file, bytes, width, height}."""
import base64
import hashlib
import struct
import sys

target, namespace, name, *sources = sys.argv[1:]
rows = []
for source in sources:
    data = open(source, "rb").read()
    assert data[:8] == b"\x89PNG\r\n\x1a\n", f"{source} is no PNG file"
    width, height = struct.unpack(">II", data[16:24])
    text = base64.b64encode(data).decode()
    pieces = "\n".join(f'     "{text[i:i + 100]}"' for i in range(0, len(text), 100))
    rows.append(f'    {{\n{pieces},\n     "{hashlib.sha1(data).hexdigest()}", {len(data)}, {width}, {height}}},')
with open(target, "w", encoding="utf-8") as header:
    header.write(f"// Made by tools/embed_pictures.py.\n#pragma once\n\n#include <array>\n\n#include \"xmpp-component/presence/avatar.h\"\n\n"
                 f"namespace {namespace} {{\n\ninline constexpr std::array<Avatar, {len(rows)}> {name}{{{{\n" + "\n".join(rows) +
                 f"\n}}}};\n\n}}  // namespace {namespace}\n")
