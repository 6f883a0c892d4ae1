#!/usr/bin/python3
"""Turns a text file into a C++ header that holds it: embed.py INPUT OUTPUT NAMESPACE NAME

The text is cut into pieces, because a compiler need not take string literals of more than 64 KiB."""
import sys

PIECE = 8000
source, target, namespace, name = sys.argv[1:5]
text = open(source, encoding="utf-8").read()
pieces = [text[i:i + PIECE] for i in range(0, len(text), PIECE)] or [""]
literals = "\n".join(f'    R"embedded({piece})embedded"' for piece in pieces)
with open(target, "w", encoding="utf-8") as header:
    header.write(f"// Made from {source.split('/')[-1]} by tools/embed.py.\n#pragma once\n\n#include <string_view>\n\n"
                 f"namespace {namespace} {{\n\ninline constexpr std::string_view {name} =\n{literals};\n\n}}  // namespace {namespace}\n")
