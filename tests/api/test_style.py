"""The one sheet of styles and the one script."""

import re

import pytest

from api.desk import PAGES, STATIC

STYLE = (STATIC / "style.css").read_text("utf-8")
PAIRS = (
    *((ink, ground) for ink in ("ink", "soft", "link", "late", "soon") for ground in ("paper", "sheet", "open-bg")),
    *((tone, f"{tone}-bg") for tone in ("late", "soon", "good", "calm", "open")),
    ("mark-ink", "mark-lit"),
    ("ink", "mark"),
    ("sheet", "link"),
)


def colours(part):
    """Give the tokens of one colour scheme."""
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", part))


def luminance(colour):
    """Relative luminance as WCAG 2.2 defines it."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_words_stand_out_from_their_ground(scheme, ink, ground):
    """At least 4.5 to 1 (WCAG 2.2, 1.4.3 AA), in both schemes."""
    light, dark = STYLE.split("@media (prefers-color-scheme: dark)")
    tokens = colours(light) | (colours(dark) if scheme == "dark" else {})
    assert contrast(tokens[ink], tokens[ground]) >= 4.5


@pytest.mark.parametrize("path", sorted(PAGES.rglob("*.*")), ids=lambda path: path.name)
def test_nothing_is_fetched_from_elsewhere(path):
    """No page, style or script names another machine (an XML name is no address, nor is a mark of the same drawing)."""
    text = path.read_text("utf-8").replace('xmlns="http://www.w3.org/2000/svg"', "")
    assert not re.search(r"https?://|@import|url\((?!#)", text)


@pytest.mark.parametrize("path", sorted(PAGES.glob("*.html")), ids=lambda path: path.name)
def test_a_template_never_vouches_for_text(path):
    """Nothing is let through unescaped, and nothing is inline that the policy would stop."""
    text = path.read_text("utf-8")
    assert not re.search(r"\|\s*safe|autoescape|Markup", text)
    assert not re.search(r"\sstyle=|\son[a-z]+=|<script>|<style", text)
