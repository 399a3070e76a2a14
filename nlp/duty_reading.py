"""What is known of a text while its duties are read from top to bottom?"""

import datetime as dt
import re
from bisect import bisect_left
from collections import deque
from dataclasses import dataclass, field

from nlp.assignees import Said
from nlp.givers import find_giver
from nlp.letters import bare
from nlp.limits import Setting, why_not
from nlp.outline import Passage
from nlp.own import Own
from nlp.printed import printed
from nlp.sameness import most_alike
from nlp.times import find_times
from nlp.timewords import Time
from nlp.zones import Zones

ENOUGH = 600  # characters of a sentence that another leans on
_LAWS = frozenset({"Luật", "Bộ luật", "Pháp lệnh", "Nghị định", "Thông tư", "Thông tư liên tịch"})
_REPORTS = frozenset({"Báo cáo", "Tờ trình", "Biên bản", "Công báo"})
_BACK = 60  # bodies back, one of which a task that names none may fall to
_GROUP = re.compile(
    r"(?:các|những|tất\s*cả|toàn\s*thể|mỗi|từng|\d+\s?%|cấp\s*ủy|tập\s*thể|thủ\s*trưởng\s+các|chủ\s*tịch\s+.{0,40}các)(?![a-zđ])"
)

Stretch = tuple[int, int]


@dataclass(slots=True)
class Reading:
    """What is known of the whole text while it is read from top to bottom."""

    zones: Zones
    own: Own
    text: str
    low: str
    plainer: str
    times: list[Time]
    setting: Setting
    giver: str | None
    recent: tuple[tuple[int, ...], Stretch] | None = None
    """The last body that a sentence named, with the path of its passage."""
    owed: dict[int, tuple[Stretch, bool]] = field(default_factory=dict)
    """For each numbered item: the body over it, and whether it has a limit of its own."""
    told: deque[tuple[Stretch, Stretch]] = field(default_factory=lambda: deque(maxlen=_BACK))
    """The last bodies that sentences named, each with its task."""
    before: Stretch | None = None
    """The words of the last passage that said what to do."""
    judged: dict[int, str | None] = field(default_factory=dict)
    """For each time that stands in a sentence, by where it begins: why it is no limit, None where it is one."""
    no_orders: list[tuple[Stretch, str]] = field(default_factory=list)
    """The sentences that look like orders and are none, each with the reason."""

    def limits(self, start: int, end: int) -> list[Time]:
        """Give the times in a sentence that bind somebody."""
        first = bisect_left(self.times, start, key=lambda t: t.start)
        last = bisect_left(self.times, end, key=lambda t: t.start)
        found = []
        for time in self.times[first:last]:
            reason = why_not(time, (self.plainer, self.low), start, end, self.setting)
            self.judged.setdefault(time.start, reason)
            if reason is None:
                found.append(time)
        return found

    def printed(self, stretch: Stretch) -> str:
        """Give a stretch as a value."""
        return printed(self.text[stretch[0] : stretch[1]])


def begin(zones: Zones, own: Own, text: str) -> Reading:
    """Begin to read a compact text, of which zones are the zones."""
    low = text.lower()
    low = low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    issued_on = own.issued_on or _year_of_head(zones)
    is_law = own.type in _LAWS or re.search(r"/20\d\d/", own.number or "") is not None
    setting = Setting(issued_on, is_law=is_law, is_report=own.type in _REPORTS)
    plainer = bare(text)
    times = list(find_times(text, issued_on, plainer, is_day=own.issued_on is not None))
    return Reading(zones, own, text, low, plainer, times, setting, find_giver(zones, text, low) or own.agency)


def _year_of_head(zones: Zones) -> dt.date | None:
    """Where the day is left blank, the month and year of the head are the earliest day that can bind."""
    for paragraph in zones.within("head"):
        found = re.search(r"(?:tháng\s*(\d{1,2})?\s*)?năm\s*(20\d\d)", zones.text(paragraph.span))
        if found:
            month = int(found[1] or 1)
            return dt.date(int(found[2]), month if 1 <= month <= 12 else 1, 1)
    return None


def speaks(reading: Reading, name: str) -> bool:
    """Say whether a name is that of the body that speaks, or of its chair."""
    words = set(bare(name).replace("ubnd", "uy ban nhan dan").split())
    for body in (reading.giver, reading.own.agency):
        other = set(bare(body or "").replace("ubnd", "uy ban nhan dan").split())
        if other and len(words & other) >= 0.8 * min(len(words), len(other)):
            return True
    return reading.giver is None


def is_speaker(reading: Reading, said: Said) -> bool:
    """Say whether the body that a sentence names is the one that speaks, not one that is spoken to."""
    if not said.assignee or said.ordered:
        return False
    words = set(bare(reading.printed(said.assignee)).replace("ubnd", "uy ban nhan dan").split())
    for body in (reading.giver, reading.own.agency):
        other = set(bare(body or "").replace("ubnd", "uy ban nhan dan").split())
        if other and (words == other or (words < other and len(words) >= len(other) - 3)):
            return True
    return False


def around(reading: Reading, passage: Passage, said: Stretch) -> str | None:
    """Heading, sibling, list opener, addressees, who was told much the same, the last body named: the nearest one that there is."""
    recent = reading.recent
    for stretch in (passage.bodies, recent[1] if recent and recent[0] == passage.path and passage.marked else None, passage.opener):
        if stretch:
            return reading.printed(stretch)
    if reading.own.addressees:
        return ", ".join(reading.own.addressees)
    alike = most_alike(reading.low[said[0] : said[1]], [reading.low[a:b] for _, (a, b) in reading.told])
    stretch = reading.told[alike][0] if alike is not None else recent[1] if recent else None
    return reading.printed(stretch) if stretch else None


def is_group(who: str | None) -> bool:
    """Say whether an assignee is a class or a share (`các chi bộ`, `100% tổ chức cơ sở đảng`)."""
    return bool(who and _GROUP.match(who.lower()))
