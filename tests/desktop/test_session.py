"""The desktop itself: its camera delivers its colour at its rate, its microphone its tone, and the screen can be seen."""

from PIL import Image

from rig.senses import tile_of
from session import wait_for

GREEN = "#20a040"


def test_the_camera_delivers_its_colour_at_its_rate(desktop):
    session = desktop("juliet", GREEN, 440)
    picture = session.folder / "camera.png"
    # pipewiresrc as Dino uses it; 30 frames of a 15 Hz camera.
    session.run("gst-launch-1.0", "-q", "pipewiresrc", "target-object=camera", "num-buffers=30", "!", "video/x-raw,framerate=15/1", "!",
                "videoconvert", "!", "pngenc", "snapshot=false", "!", "multifilesink", f"location={picture}", "max-files=1")
    with Image.open(picture) as image:
        assert image.size == (640, 360)
        pixel = image.convert("RGB").getpixel((100, 40))
    assert all(abs(seen - meant) < 8 for seen, meant in zip(pixel, (0x20, 0xA0, 0x40))), pixel


def test_the_microphone_has_its_tone_and_the_loudspeaker_is_silent(desktop):
    session = desktop("juliet", GREEN, 620)
    assert session.hears([620], device="mic")[620] > -30
    assert session.levels([440, 620])[620] < -90
    assert session.levels([440], device="mic")[440] < -60


def test_the_screen_can_be_seen(desktop):
    session = desktop("juliet", GREEN, 440)
    session.process("picture", "display", "-size", "400x300", f"xc:{GREEN}")
    wait_for(lambda: tile_of(session.looks(), GREEN)[0], "the green window")
