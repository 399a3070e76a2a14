"""How much memory do a program and all that it starts take together at their most, and how much of the processor's time?"""

import resource
import subprocess
import time
import zlib
from collections.abc import Sequence
from pathlib import Path

import pikepdf
from PIL import Image, ImageDraw, ImageFont

_EVERY = 0.25  # seconds between two looks
_LINES = 6  # of text on a page: pictures take the memory, letters the time


def memory(command: Sequence[str]) -> tuple[float, float]:
    """Run a command; give the most memory that it and all below it held at once (PSS, MB) and the processor's seconds that they took."""
    start, most = _used(), 0.0
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    while process.poll() is None:
        most = max(most, sum(map(_held, _family(process.pid))))
        time.sleep(_EVERY)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return most, _used() - start


def _used() -> float:
    """Give the seconds of the processor that all children have taken that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _family(process: int) -> list[int]:
    """Give a process and all below it."""
    try:
        children = [
            int(child) for task in Path(f"/proc/{process}/task").iterdir() for child in (task / "children").read_text("ascii").split()
        ]
    except OSError:
        return []
    return [process, *(below for child in children for below in _family(child))]


def _held(process: int) -> float:
    """Give the memory of a process in MB, what it shares with others counted once over all."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text("ascii").splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")), 0.0)


def grown_pages(path: Path, count: int) -> Path:
    """Write a PDF of so many scanned pages, A4 at 300 dots an inch, each its own picture."""
    font = subprocess.run(["fc-match", "-f", "%{file}", "DejaVu Serif"], capture_output=True, text=True, check=True).stdout
    face = ImageFont.truetype(font, 54)
    with pikepdf.new() as pdf:
        for number in range(1, count + 1):
            page = Image.new("L", (2480, 3508), 255)
            pen = ImageDraw.Draw(page)
            for i in range(_LINES):
                pen.text((300, 400 + 90 * i), f"Điều {number}. Thủ trưởng các đơn vị báo cáo trước ngày {i + 10}.", fill=20, font=face)
            picture = pdf.make_stream(zlib.compress(page.tobytes(), 1), Filter=pikepdf.Name.FlateDecode)
            picture.Type, picture.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
            picture.Width, picture.Height, picture.ColorSpace, picture.BitsPerComponent = 2480, 3508, pikepdf.Name.DeviceGray, 8
            pdf.add_blank_page(page_size=(595.2, 841.9))
            pdf.pages[-1].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(P=picture))
            pdf.pages[-1].Contents = pdf.make_stream(b"595.2 0 0 841.9 0 0 cm /P Do")
        pdf.save(path)
    return path
