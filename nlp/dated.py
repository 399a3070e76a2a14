"""Which day does a cited document bear, as the text gives it?"""

import re
from datetime import date

WRITTEN = re.compile(
    r"(?P<d>\d{1,2})\s{1,40}th[áaàả]ng[.,]?\s{1,40}(?P<m>\d{1,2})\s{1,40}n[ăaãâ]m[.,]?\s{1,40}(?P<y>(?:19|20)\d ?\d)(?!\d)"
    r"|(?P<d2>\d ?\d?)\s{0,3}[/.-]\s{0,3}(?P<m2>\d ?\d?)\s{0,3}[/.-]\s{0,3}(?P<y2>(?:19|20)\d ?\d)(?!\d)"
    r"|(?P<d3>\d\d)(?P<m3>\d\d)/(?P<y3>(?:19|20)\d\d)(?!\d)"  # OCR lost the first stroke: 3112/2024
    r"|(?P<d4>\d{1,2})/(?P<m4>\d{1,2})/(?P<y4>\d\d)(?![\d/])"
)


def read_date(text: str, at: int) -> tuple[date | None, int] | None:
    """Read a date that begins at `at`: (the day, None where there is no such day; end), or None where no date stands there."""
    match = WRITTEN.match(text, at)
    if not match:
        return None
    parts = [next(match[f"{key}{n}"] for n in ("", "2", "3", "4") if match[f"{key}{n}"]) for key in "dmy"]
    day, month, year = (int(part.replace(" ", "")) for part in parts)
    if year < 100:
        year += 2000 if year <= 60 else 1900
    try:
        return date(year, month, day), match.end()
    except ValueError:
        return None, match.end()
