"""What does a pen or a rubber stamp leave on paper?  Everything is SVG, drawn anew from a seed."""

import random

# One stroke or two for each digit, in a box of 60 by 100.
DIGITS = {
    "0": "M30 5 C5 10 5 90 28 95 C55 98 55 8 28 6",
    "1": "M18 25 L34 6 L30 96",
    "2": "M10 25 C15 0 50 0 46 30 C42 55 15 75 8 93 C25 85 40 95 54 90",
    "3": "M12 15 C25 0 52 5 42 30 C38 42 25 45 22 46 C50 45 55 80 35 92 C22 98 10 92 6 84",
    "4": "M36 6 C28 30 16 50 6 62 C25 60 40 60 54 58 M40 36 L36 97",
    "5": "M48 8 L18 10 L14 44 C35 35 54 50 46 76 C40 95 15 98 6 86",
    "6": "M42 5 C18 25 5 60 12 82 C20 100 48 95 46 70 C44 50 18 52 12 76",
    "7": "M8 12 L50 8 C40 35 28 65 22 97 M16 50 L44 48",
    "8": "M44 18 C36 0 10 8 16 28 C22 45 50 55 46 80 C42 100 8 98 10 76 C12 55 46 40 44 18",
    "9": "M46 22 C40 0 10 4 12 30 C14 48 42 46 46 22 C46 50 44 80 30 97",
}
STAR = "0,-30 7,-9 29,-9 11,4 18,25 0,12 -18,25 -11,4 -29,-9 -7,-9"


def digits(text: str, seed: str) -> str:
    """Give a number as a hand writes it in blue ink, a line high."""
    chance = random.Random(f"{seed} {text}")
    strokes = [
        f'<path transform="translate({62 * i + chance.uniform(-3, 3):.1f} {chance.uniform(-4, 4):.1f}) '
        f'rotate({chance.uniform(-6, 8):.1f}) scale({chance.uniform(0.9, 1.05):.2f})" d="{DIGITS[digit]}"/>'
        for i, digit in enumerate(text)
    ]
    return f'<svg class="hand" viewBox="-6 -6 {62 * len(text) + 12} 112">{"".join(strokes)}</svg>'


def signature(seed: str) -> str:
    """Give a scrawl in blue ink that is nobody's signature."""
    chance = random.Random(f"{seed} signature")
    x, path = 10.0, f"M10 {chance.uniform(40, 70):.0f}"
    for _ in range(chance.randint(5, 7)):
        step = chance.uniform(18, 34)
        up, down, end = chance.uniform(0, 30), chance.uniform(70, 100), chance.uniform(35, 65)
        path += f" C{x + step * 0.4:.0f} {up:.0f} {x + step * 0.9:.0f} {down:.0f} {x + step:.0f} {end:.0f}"
        x += step
    path += f" Q{x + 30:.0f} {chance.uniform(20, 40):.0f} {x - 60:.0f} {chance.uniform(80, 95):.0f}"
    return f'<svg class="signature" viewBox="0 0 240 100"><path d="{path}"/></svg>'


def seal(words: str) -> str:
    """Give a round red stamp with words along its rim and a plain star: no office's seal."""
    return (
        '<svg class="seal" viewBox="-100 -100 200 200"><defs><path id="rim" d="M-66 0 A66 66 0 1 1 66 0 A66 66 0 1 1 -66 0"/></defs>'
        '<circle r="94" stroke-width="5"/><circle r="86" stroke-width="1.5"/><circle r="52" stroke-width="1.5"/>'
        f'<text><textPath href="#rim" textLength="390" startOffset="2">{words}</textPath></text><polygon points="{STAR}"/></svg>'
    )
