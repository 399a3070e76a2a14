"""What do a scanner and a telephone make of a clean page?"""

import io
from datetime import UTC, datetime
from time import struct_time

import cv2
import numpy as np
import pypdfium2
from numpy.typing import NDArray
from PIL import Image

DPI = 190
Pixels = NDArray[np.uint8]


def sheets(pdf: bytes, dpi: int = DPI) -> list[Pixels]:
    """Give the pages of a PDF as RGB pixels."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [np.asarray(page.render(scale=dpi / 72).to_pil().convert("RGB")) for page in document]


def aged(page: Pixels, seed: int) -> Pixels:
    """A page as a flatbed scanner gives it: turned a little, soft, on toned paper, grainy, with specks."""
    chance = np.random.default_rng(seed)
    height, width = page.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), float(chance.choice([-1, 1]) * chance.uniform(0.5, 1.1)), 1.0)
    turned = cv2.warpAffine(page, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=(255, 255, 255))
    soft = cv2.GaussianBlur(turned, (0, 0), 0.6).astype(np.float32)
    soft *= np.array([0.975, 0.97, 0.95], np.float32)
    soft -= np.linspace(0, 9, width, dtype=np.float32)[None, :, None]
    for _ in range(60):
        at = int(chance.integers(0, width)), int(chance.integers(0, height))
        cv2.circle(soft, at, int(chance.integers(1, 3)), (90, 88, 84), -1)
    soft += chance.normal(0, 2.5, (height, width, 1)).astype(np.float32)
    return np.clip(soft, 0, 255).astype(np.uint8)


def photographed(page: Pixels, seed: int) -> Pixels:
    """A page as a telephone takes it: seen from one side, lit from one corner, lying on a dark table."""
    chance = np.random.default_rng(seed)
    height, width = page.shape[:2]
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    inset = np.array([[0.03, 0.02], [-0.02, 0.025], [-0.035, -0.02], [0.02, -0.03]], np.float32) * (width, height)
    bend = cv2.getPerspectiveTransform(corners, corners + inset.astype(np.float32))
    seen = cv2.warpPerspective(page, bend, (width, height), borderValue=(74, 62, 52)).astype(np.float32)
    across, down = np.meshgrid(np.linspace(0, 1, width, dtype=np.float32), np.linspace(0, 1, height, dtype=np.float32))
    seen *= (0.98 - 0.22 * (0.6 * across + 0.4 * down))[:, :, None]
    seen += chance.normal(0, 2, (height, width, 1)).astype(np.float32)
    return np.clip(cv2.GaussianBlur(seen, (0, 0), 0.5), 0, 255).astype(np.uint8)


def to_pdf(pages: list[Pixels], made: datetime) -> bytes:
    """Give pages as a PDF of pictures without a text layer."""
    first, *rest = [Image.fromarray(page) for page in pages]
    out, stamp = io.BytesIO(), struct_time(made.astimezone(UTC).timetuple())
    first.save(out, "PDF", save_all=True, append_images=rest, resolution=DPI, quality=42, creationDate=stamp, modDate=stamp)
    return out.getvalue()


def to_tiff(pages: list[Pixels]) -> bytes:
    """Give pages as one black and white TIFF, packed as a fax is (Group 4)."""
    grey = [cv2.cvtColor(page, cv2.COLOR_RGB2GRAY) for page in pages]
    first, *rest = [Image.fromarray(np.where(page > 150, 255, 0).astype(np.uint8)).convert("1") for page in grey]
    out = io.BytesIO()
    first.save(out, "TIFF", save_all=True, append_images=rest, compression="group4", dpi=(DPI, DPI))
    return out.getvalue()


def to_jpeg(page: Pixels) -> bytes:
    """Give one page as a JPEG."""
    out = io.BytesIO()
    Image.fromarray(page).save(out, "JPEG", quality=55, dpi=(DPI, DPI))
    return out.getvalue()
