#!/usr/bin/python3
"""Draws the pictures that conferences have in contact lists: draw_avatars.py FOLDER

Not part of the build, the pictures are kept: it wants Pillow (python3-pil), and its next version may draw another byte.
The first is the service's; each conference always has the same one of the others."""
import sys
from pathlib import Path

from PIL import Image, ImageDraw

SIZE, FINER = 128, 8
GROUNDS = ["#2f5fd0", "#1f7a6d", "#8a3ab0", "#b8502a", "#3f6f2a", "#a82f56"]
SPEAKING = "#7dff9a"


def mixed(colour, other, share):
    parts = [[int(text[i:i + 2], 16) for i in (1, 3, 5)] for text in (colour, other)]
    return tuple(round(a + (b - a) * share) for a, b in zip(*parts))


def person(draw, left, top, width, tile, ink):
    """Head and shoulders, cut off by the tile's lower edge."""
    middle = left + width / 2
    head = width * 0.19
    draw.ellipse([middle - head, top + width * 0.17, middle + head, top + width * 0.17 + 2 * head], fill=ink)
    draw.pieslice([middle - width * 0.34, top + width * 0.62, middle + width * 0.34, top + width * 1.30], 180, 360, fill=ink)
    draw.rectangle([left, top + width - 1, left + width, top + width * 1.35], fill=tile)


def avatar(ground):
    """Four tiles of a call; whoever speaks has the green frame of the mixed picture."""
    size = SIZE * FINER
    picture = Image.new("RGB", (size, size))
    draw = ImageDraw.Draw(picture)
    for y in range(size):
        draw.line([(0, y), (size, y)], fill=mixed(ground, "#000000", 0.30 * y / size))
    gap, width = size * 0.055, size * 0.285
    edge = (size - 2 * width - gap) / 2
    for number in range(4):
        left, top = edge + (number % 2) * (width + gap), edge + (number // 2) * (width + gap)
        tile = Image.new("RGB", (round(width), round(width)), mixed(ground, "#ffffff", 0.86 if number == 1 else 0.72))
        person(ImageDraw.Draw(tile), 0, 0, width, tile.getpixel((0, 0)), mixed(ground, "#000000", 0.15))
        shape = Image.new("L", tile.size, 0)
        ImageDraw.Draw(shape).rounded_rectangle([0, 0, tile.width - 1, tile.height - 1], width * 0.18, fill=255)
        if number == 1:
            frame = size * 0.022
            draw.rounded_rectangle([left - frame, top - frame, left + width + frame, top + width + frame],
                                   width * 0.18 + frame, fill=SPEAKING)
        picture.paste(tile, (round(left), round(top)), shape)
    return picture.resize((SIZE, SIZE), Image.LANCZOS)


if __name__ == "__main__":
    for index, colour in enumerate(GROUNDS):
        avatar(colour).quantize(128, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(
            Path(sys.argv[1]) / f"{index}.png", optimize=True)
