"""What a participant saw and heard, as a test judges it."""

import time

LOUD = -45  # dB; a tone of a fifth of full scale arrives at about -20, and its leakage elsewhere at -65
QUIET = -55


def rgb(colour):
    return tuple(int(colour[i:i + 2], 16) for i in (1, 3, 5))


def near(cell, colour, tolerance=48):
    return all(abs(a - b) <= tolerance for a, b in zip(cell, colour))


def tile_of(picture, colour):
    """(left, top, right, bottom) in parts of the picture that the colour takes up, and how much of that box it fills."""
    wanted, columns, rows = rgb(colour), picture["columns"], picture["rows"]
    places = [(i % columns, i // columns) for i, cell in enumerate(picture["cells"]) if near(cell, wanted)]
    if len(places) < 4:
        return None, 0.0
    left, right = min(x for x, _ in places), max(x for x, _ in places) + 1
    top, bottom = min(y for _, y in places), max(y for _, y in places) + 1
    box = (left / columns, top / rows, right / columns, bottom / rows)
    return box, len(places) / ((right - left) * (bottom - top))


def overlap(a, b):
    return max(0, min(a[2], b[2]) - max(a[0], b[0])) * max(0, min(a[3], b[3]) - max(a[1], b[1]))


def tiles(picture, colours):
    """colour → its tile; complaints where one is missing, torn or where two lie over one another."""
    found, complaints = {}, []
    for colour in colours:
        box, filled = tile_of(picture, colour)
        if box is None:
            complaints.append(f"{colour} is nowhere in the picture")
        elif filled < 0.5:
            complaints.append(f"{colour} is scattered over {box}")
        else:
            found[colour] = box
    pairs = [(a, b) for a in found for b in found if a < b and overlap(found[a], found[b]) > 0.01]
    return found, complaints + [f"the tiles of {a} and {b} overlap" for a, b in pairs]


def wait_until(look, seconds=30, pause=0.3):
    """Calls `look`, which answers a list of complaints, until there is none."""
    deadline = time.monotonic() + seconds
    while complaints := look():
        assert time.monotonic() < deadline, "; ".join(complaints)
        time.sleep(pause)


def sees(page, colours, seconds=30, absent=()):
    """Waits until every colour stands in a tile of its own and the absent ones in none."""
    def look():
        picture = page.looks()
        if not picture:
            return [f"{page.name} receives no picture"]
        complaints = tiles(picture, colours)[1]
        complaints += [f"{colour} is still in the picture" for colour in absent if tile_of(picture, colour)[0]]
        return [f"{page.name}: {complaint}" for complaint in complaints]
    wait_until(look, seconds)


def hears(page, tones, own=None, absent=(), seconds=30):
    """Waits until every tone is heard, one's own not, and no absent one."""
    silent = [*absent, *([own] if own else [])]

    def listen():
        levels = page.hears([*tones, *silent])
        return [f"{page.name} does not hear {t} Hz ({levels[t]:.0f} dB)" for t in tones if levels[t] < LOUD] + \
               [f"{page.name} hears {t} Hz ({levels[t]:.0f} dB)" for t in silent if levels[t] > QUIET]
    wait_until(listen, seconds)
