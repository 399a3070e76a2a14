"""Does it read documents whose persons, places, numbers and dates it has never met as well as the real ones?

`python -m bench.rewriting` writes the real documents that lie beside the checkout anew, as plain text: other signers, places,
serials, units and dates, the same ones in the text and in the answers, chosen by a seed. Old and new text are judged by
the judge of those documents. A key that falls shows a rule that lives on a name in a list.
"""

import importlib.util
import json
import random
import re
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from api.record import record
from bench.measures import REAL
from ingest.read import read
from nlp.extract import extract

Json = Any
CLOSE = 0.01  # by which a key may fall
SEEDS = (1, 2, 3)
_TEXTS = ("seed-", "party-", "docx-", "signed-")  # documents whose text is neither read from a picture nor damaged
_FEW = 10  # values of a key in the answers below which it is not judged
_CAPITAL = "A-ZĐĂÂÊÔƠƯÀÁẢÃẠẰẮẲẴẶẦẤẨẪẬÈÉẺẼẸỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌỒỐỔỖỘỜỚỞỠỢÙÚỦŨỤỪỨỬỮỰỲÝỶỸỴ"
_PLACED = re.compile(rf"(?:tỉnh|huyện|xã|phường|thành phố|thị xã|thị trấn|quận)\s+([{_CAPITAL}]\w+(?:\s[{_CAPITAL}]\w+){{0,2}})")
_DATED = re.compile(
    r"(?<!\d)(?P<d>\d{1,2})(?P<s1>\s?[/.-]\s?|\s+tháng\s+)(?P<m>\d{1,2})(?P<s2>\s?[/.-]\s?|\s+năm\s+)(?P<y>(?:19|20)\d\d)(?!\d)"
    r"|(?<!\d)(?P<alone>19[5-9]\d|20[0-4]\d)(?!\d)"
)
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_SERIAL = re.compile(
    rf"(?<![\w/.,-])(?P<a>\d{{1,5}})(?=\s*[-/]\s*(?:\d{{4}}\s*/\s*)?[{_CAPITAL}])"
    r"|(?P<word>(?:[Ss]ố|định|dẫn|quyết|thị|luận|hoạch|văn)\s*:?\s*)(?P<b>\d{1,5})(?![\d/.,-]|\s?(?:năm|tháng|ngày))"
)
_UNIT = re.compile(rf"(?<=UBND)(?P<sep>\s*-\s*)(?P<unit>[{_CAPITAL}]{{2,6}})(?!\w)")
_FAMILIES = ["Mai", "Lò", "Giàng", "Tăng", "Khúc", "Nguyễn", "Trịnh", "Sùng", "Đoàn", "Hà", "Tô", "La"]
_GIVEN = ["Hữu", "Thanh", "Quỳnh", "Bảo", "Như", "Khải", "Diệu", "Sáng", "Lưu", "Thùy", "Nhật", "Chiến", "Vy", "Mẫn"]
_NAMES = ["Khuê", "Lũng", "Sơn", "Hạ", "Phìn", "Đồng", "Nà", "Tiên", "Vạn", "Lộc", "Thượng", "Cát", "Hoành", "Bồ", "Điềm", "Rạng"]
_UNITS = ["KT", "NLN", "TH", "VX", "NC", "KGVX", "CN", "NNTN", "ĐT"]


@dataclass(frozen=True, slots=True)
class Judged:
    """One document: its name, its text with form feeds between pages, the right answers."""

    name: str
    text: str
    gold: Json


def main() -> int:
    """Print each key's score on the texts as they are and rewritten; 1 where one falls by more than CLOSE."""
    documents = list(judged())
    if not documents:
        sys.stdout.write("rewriting: the real documents are not here\n")
        return 0
    before = scores(documents)
    after = scores([rewritten(document, seed) for document in documents for seed in SEEDS])
    fallen = 0
    for key, (share, count) in before.items():
        if count < _FEW:
            continue
        change = after[key][0] - share
        fallen += change < -CLOSE
        sys.stdout.write(f"{key:24}{share:8.3f}{after[key][0]:8.3f}{change:+8.3f}{'   falls' if change < -CLOSE else ''}\n")
    return 1 if fallen else 0


def judged() -> Iterator[Judged]:
    """Yield the real documents that have a text of their own, with their answers."""
    for folder in sorted((REAL / "eval" / "dev").glob("*")):
        if not folder.name.startswith(_TEXTS):
            continue
        gold = json.loads((folder / "gold.json").read_text("utf-8"))
        source = next(path for path in folder.iterdir() if path.stem == "source")
        text = source.read_text("utf-8") if source.suffix == ".txt" else "\f".join(page.text for page in read(source).pages)
        yield Judged(folder.name, text, gold.get("documents", [gold])[0])


def scores(documents: Iterable[Judged], say: Callable[[str, str, Json, Json], None] | None = None) -> dict[str, tuple[float, int]]:
    """Judge what is read of the texts: key → (F1, values in the answers)."""
    judging = judge()
    tallies: dict[str, Any] = {}
    for document in documents:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "document.txt")
            path.write_text(document.text, "utf-8")
            transcript = read(path)
        found = record(transcript, extract(transcript))

        def tell(key: str, gold: Json, read_as: Json, name: str = document.name) -> None:
            if say:
                say(name, key, gold, read_as)

        judging.judge(document.gold, found, lambda key: tallies.setdefault(key, judging.Tally()), tell)
    lines = {key: tally.line() for key, tally in tallies.items()}
    return {key: (line["f1"], line["gold"]) for key, line in lines.items()}


@cache
@cache
def judge() -> ModuleType:
    """Load the judge of the real documents from beside them."""
    spec = importlib.util.spec_from_file_location("judge", REAL / "eval" / "score.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(REAL / "eval" / "score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def rewritten(document: Judged, seed: int) -> Judged:
    """Write a document anew: the same changes in its text and in its answers."""
    changes = _Changes(document, random.Random(f"{seed}{document.name}"))  # noqa: S311  the same changes for the same seed
    return Judged(f"{document.name}#{seed}", changes.of_text(document.text), changes.of_answer(document.gold))


class _Changes:
    """What is changed in one document: persons, places, dates, serials, units."""

    def __init__(self, document: Judged, rng: random.Random) -> None:
        gold = document.gold
        self.years = rng.choice([-4, 4])  # keeps 29 February; days of the week change
        self.days = _other_days(gold, self.years, rng)
        self.serials = _other_serials(gold, rng)
        self.units = {unit: rng.choice([other for other in _UNITS if other != unit]) for unit in _units(gold)}
        self.names = _other_names(document, rng)

    def of_text(self, text: str) -> str:
        """Give a text with the changes."""
        for old, new in self.names:
            text = re.sub(rf"(?<!\w){re.escape(old)}(?!\w)", new, text)
        text = _SERIAL.sub(self._serial, text)
        if self.lone:
            text = re.sub(rf"(?m)^\s*{self.lone}\s*$", self.serials[int(self.lone)], text)
        text = _UNIT.sub(lambda m: m["sep"] + self.units.get(m["unit"], m["unit"]), text)
        return _DATED.sub(self._date, text)

    @property
    def lone(self) -> str | None:
        """The own serial, which may stand alone on a line."""
        return next((str(serial) for serial in self.serials), None)

    def of_answer(self, answer: Json) -> Json:
        """Give an answer, or a part of one, with the changes."""
        if isinstance(answer, dict):
            return {key: value if key in ("type", "kind", "relation") else self.of_answer(value) for key, value in answer.items()}
        if isinstance(answer, list):
            return [self.of_answer(value) for value in answer]
        if not isinstance(answer, str):
            return answer
        if whole := _ISO.fullmatch(answer):
            return self._day(date(*map(int, whole.groups()))).isoformat()
        return self.of_text(answer)

    def _day(self, day: date) -> date:
        return self.days.get(day) or day.replace(year=day.year + self.years)

    def _serial(self, match: re.Match[str]) -> str:
        printed = match["a"] or match["b"]
        new = self.serials.get(int(printed))
        zeros = len(printed) - len(printed.lstrip("0"))
        return (match["word"] or "") + ("0" * zeros + new if new else printed)

    def _date(self, match: re.Match[str]) -> str:
        if match["alone"]:
            return str(int(match["alone"]) + self.years)
        try:
            new = self._day(date(int(match["y"]), int(match["m"]), int(match["d"])))
        except ValueError:
            return match[0]
        parts = [f"{value:02d}" if len(match[key]) == 2 else str(value) for key, value in (("d", new.day), ("m", new.month))]
        return f"{parts[0]}{match['s1']}{parts[1]}{match['s2']}{new.year}"


def _other_days(gold: Json, years: int, rng: random.Random) -> dict[date, date]:
    """Give the days of cited documents other days and months; the own day and the limits keep theirs."""
    kept = {gold.get("issued_on"), *(limit.get("date") for limit in gold.get("deadlines") or [])}
    days = {}
    for cited in gold.get("references") or []:
        if cited.get("issued_on") and cited["issued_on"] not in kept:
            day = date.fromisoformat(cited["issued_on"])
            days[day] = date(day.year + years, rng.randint(1, day.month), rng.randint(1, 28))
    return days


def _other_serials(gold: Json, rng: random.Random) -> dict[int, str]:
    """Give each serial of the answers another of as many digits, none twice; the own one first."""
    numbers = [gold.get("number"), *(cited.get("number") for cited in gold.get("references") or [])]
    old = [int(found[1]) for found in (re.match(r"0*(\d+)", number or "") for number in numbers) if found]
    taken: set[int] = set(old)
    new = {}
    for serial in dict.fromkeys(old):
        digits = len(str(serial))
        free = [n for n in range(10 ** (digits - 1), 10**digits) if n not in taken]
        choice = rng.choice(free) if free else serial
        taken.add(choice)
        new[serial] = str(choice)
    return new


def _units(gold: Json) -> set[str]:
    numbers = [gold.get("number"), *(cited.get("number") for cited in gold.get("references") or [])]
    return {found["unit"] for found in (_UNIT.search(number or "") for number in numbers) if found}


def _other_names(document: Judged, rng: random.Random) -> list[tuple[str, str]]:
    """Give the signer and the places other names of as many syllables, in ordinary letters and in capitals; long ones first."""
    gold = document.gold
    names: dict[str, str] = {}
    signer = (gold.get("signer") or {}).get("name")
    if signer:
        words = signer.split()
        names[signer] = " ".join([rng.choice(_FAMILIES), *rng.sample(_GIVEN, len(words) - 1)])
    places = {gold["place"]} if gold.get("place") else set()
    places |= set(_PLACED.findall(json.dumps(gold, ensure_ascii=False)))
    free = rng.sample([f"{a} {b}" for a in _NAMES for b in _NAMES if a != b], len(places))
    names |= dict(zip(sorted(place for place in places if len(place.split()) == 2), free, strict=False))
    both = [*names.items(), *((old.upper(), new.upper()) for old, new in names.items())]
    return sorted(both, key=lambda pair: -len(pair[0]))


if __name__ == "__main__":
    sys.exit(main())
