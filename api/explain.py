"""How is a document shown with everything that was understood of it marked in place, and why it is believed?

On a terminal each marked stretch is followed by the number of its line in the list below; the page is one HTML file
that asks for nothing else. What looked like a limit, an order or a document and was passed over is told with its reason.
"""

from collections.abc import Iterator, Sequence
from html import escape

import typer

from api.wording import DOUBTFUL, FIELDS, PARTS, RELATIONS, sureness
from ingest.transcript import Transcript
from nlp.directive import Directive, Rejected, RejectedKind
from nlp.letters import one_line
from nlp.mentions import Mention, Stretch, annotate, mentions, passed_by, stretches
from nlp.rejected import find_rejected

COLOURS = {"fields": typer.colors.GREEN, "references": typer.colors.CYAN, "duties": typer.colors.YELLOW}
LIMITS = {
    "date": "có hạn",
    "recurring": "định kỳ",
    "relative": "hạn tính từ một mốc",
    "elsewhere": "hạn theo văn bản khác",
    "none": "không nêu hạn",
}
REJECTED: dict[RejectedKind, str] = {"limit": "Ngày, thời hạn", "order": "Câu có việc phải làm", "document": "Số, tên văn bản"}
PASSED_OVER = "Đã xét nhưng không ghi nhận, và lý do"
FEW, MANY = 3, 20  # places of one reason that are named on a terminal, on a page
HEADS = ("#", "Mục", "Giá trị", "Độ tin", "Quy tắc")
REASON_HEADS = ("Mục", "Lý do", "Lời văn")
STYLE = """
:root{color-scheme:light dark;--fields:#d7ead9;--references:#d3e6f5;--duties:#f6e7c1;
--ink:#1d2429;--paper:#fff;--rule:#c9d0d5;--told:#76838b}
@media (prefers-color-scheme:dark){
:root{--fields:#24432a;--references:#1d3c53;--duties:#54431a;--ink:#e8ebed;--paper:#15191c;--rule:#414a50;--told:#8b979e}}
body{margin:0 auto;max-width:60rem;padding:1.5rem;font:1rem/1.6 system-ui,sans-serif;color:var(--ink);background:var(--paper)}
pre{white-space:pre-wrap;overflow-wrap:anywhere;font:inherit;border:1px solid var(--rule);border-radius:.5rem;padding:1rem 1.25rem}
mark{color:inherit;border-radius:.2rem;background:var(--fields)}mark.references{background:var(--references)}
mark.duties{background:var(--duties)}
mark.rejected{text-decoration:underline dashed var(--told);text-underline-offset:.25em}
mark[class=rejected]{background:none}
sup{line-height:0}mark.references.fields{background:var(--fields);box-shadow:inset 0 -.2em var(--references)}
sup a{color:inherit;text-decoration:none;font-size:.7em;padding-left:.1em}
table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.35rem .6rem;border-bottom:1px solid var(--rule)}
.values td:first-child,td:nth-child(4){text-align:right;font-variant-numeric:tabular-nums}tr:target{outline:2px solid currentColor}
@media (max-width:40rem){body{padding:.75rem}thead{display:none}tr{display:block;padding:.4rem 0;border-bottom:1px solid var(--rule)}
td,.values td:first-child,td:nth-child(4){display:inline;
border:0;padding:0 .4rem 0 0;text-align:left}td:nth-child(3){display:block}.values td:nth-child(3){font-weight:600}}
"""


def lines(transcript: Transcript, directive: Directive) -> Iterator[str]:
    """Give the document for a terminal: its text with marks, then what each mark means, then what is missing and why."""
    found = list(mentions(directive))
    yield "".join(_shown(stretch) for stretch in stretches(annotate(transcript.text, found)))
    yield ""
    for number, mention in enumerate(found, 1):
        head = typer.style(f"[{number}] {_label(mention)}", fg=COLOURS[mention.group])
        yield f"{head}: {one_line(mention.value)}  ({sureness(mention.confidence)}; {'; '.join(_grounds(mention))})"
    yield from _remarks(directive)
    rejected = find_rejected(transcript, directive)
    yield from ["", f"{PASSED_OVER}:"] if rejected else []
    yield from (f"- {what}: {reason}: {words}" for what, reason, words in _passed_over(rejected, FEW))


def _passed_over(rejected: Sequence[Rejected], most: int) -> Iterator[tuple[str, str, str]]:
    """Give what was passed over for one reason on one line: what it looked like, the reason, the words."""
    reasons: dict[tuple[RejectedKind, str], dict[str, None]] = {}
    for each in rejected:
        reasons.setdefault((each.kind, each.reason), {})[each.text] = None
    for (kind, reason), texts in sorted(reasons.items(), key=lambda item: list(REJECTED).index(item[0][0])):
        words = ", ".join(f"“{text}”" for text in list(texts)[:most])
        rest = len(texts) - most
        yield REJECTED[kind], reason, words + (f" và {rest} chỗ khác" if rest > 0 else "")


def _shown(stretch: Stretch) -> str:
    text = typer.style(stretch.text, fg=COLOURS[stretch.groups[0]], underline=True) if stretch.groups else stretch.text
    return text + "".join(f"[{number}]" for number in stretch.ends)


def _grounds(mention: Mention) -> Iterator[str]:
    """Say why it is believed: the rule, the parts that are doubtful, what else was read there and not taken."""
    yield mention.rule
    yield from (f"{PARTS[part]} {sureness(sure)}" for part, sure in mention.parts if sure < DOUBTFUL)
    if mention.others:
        told = "đọc nhầm hoặc in nhầm thành" if mention.group == "references" else "không chọn vì kém chắc hơn:"
        yield f"{told} {', '.join(mention.others)}"


def _label(mention: Mention) -> str:
    if mention.group == "fields":
        return FIELDS.get(mention.label, mention.label)
    if mention.group == "rejected":
        return "Không ghi nhận"
    if mention.group == "references":
        return f"Viện dẫn, {next(words[0] for name, words in RELATIONS.items() if name == mention.label)}"
    return f"Nhiệm vụ, {LIMITS[mention.label]}"


def _remarks(directive: Directive) -> Iterator[str]:
    """Say what was not found and why, and what a person should look at."""
    for name, reason in directive.missing.items():
        yield f"{FIELDS.get(name, name)}: không có. {reason}"
    if directive.to_verify:
        yield f"Cần đối chiếu: {', '.join(_place(name) for name in directive.to_verify)}."
    yield from directive.notes


def _place(name: str) -> str:
    """Name a place of the record as a person does: `deadlines[1].date` is the limit of duty 2."""
    head, bracket, rest = name.partition("[")
    if not bracket:
        return FIELDS.get(name, name)
    what = {"deadlines": "thời hạn", "references": "viện dẫn", "recipients": "nơi nhận", "addressees": "kính gửi"}.get(head, head)
    return f"{what} {int(rest.partition(']')[0]) + 1}"


def page(documents: Sequence[tuple[Transcript, Directive]]) -> str:
    """Give the documents of a file as one HTML file; every text of theirs is escaped."""
    titles = [directive.number.value if directive.number else transcript.name for transcript, directive in documents]
    parts = (_document(title, *one, anchor=f"m{at}-") for at, (title, one) in enumerate(zip(titles, documents, strict=True), 1))
    return (
        f'<!doctype html><html lang="vi"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{escape(', '.join(titles))}</title><style>{STYLE}</style></head><body>{''.join(parts)}</body></html>\n"
    )


def _document(title: str, transcript: Transcript, directive: Directive, *, anchor: str) -> str:
    found, rejected = list(mentions(directive)), find_rejected(transcript, directive)
    every = [*found, *passed_by(rejected)]
    text = "".join(_marked(stretch, every, anchor) for stretch in stretches(annotate(transcript.text, every)))
    rows = "".join(_row(number, mention, anchor) for number, mention in enumerate(found, 1))
    remarks = "".join(f"<li>{escape(remark)}</li>" for remark in _remarks(directive))
    others = "".join(f"<tr>{_cells(line)}</tr>" for line in _passed_over(rejected, MANY))
    return (
        f"<h1>{escape(title)}</h1><pre>{text}</pre>"
        f"<h2>Những gì đã hiểu, và căn cứ</h2>{_table(HEADS, rows)}"
        f"{f'<h2>{PASSED_OVER}</h2>' + _table(REASON_HEADS, others, 'reasons') if others else ''}"
        f"{f'<h2>Lưu ý</h2><ul>{remarks}</ul>' if remarks else ''}"
    )


def _table(heads: Sequence[str], rows: str, name: str = "values") -> str:
    cells = "".join(f'<th scope="col">{head}</th>' for head in heads)
    return f'<table class="{name}"><thead><tr>{cells}</tr></thead><tbody>{rows}</tbody></table>'


def _cells(texts: Sequence[str]) -> str:
    return "".join(f"<td>{escape(text)}</td>" for text in texts)


def _marked(stretch: Stretch, found: Sequence[Mention], anchor: str) -> str:
    if not stretch.groups:
        return escape(stretch.text)
    told = "; ".join(_told(found[number - 1]) for number in stretch.numbers)
    taken = [number for number in stretch.ends if found[number - 1].group != "rejected"]
    links = "".join(f'<sup><a href="#{anchor}{number}">{number}</a></sup>' for number in taken)
    return f'<mark class="{" ".join(stretch.groups)}" title="{escape(told)}">{escape(stretch.text)}</mark>{links}'


def _told(mention: Mention) -> str:
    return f"{_label(mention)}: {mention.rule if mention.group == 'rejected' else one_line(mention.value)}"


def _row(number: int, mention: Mention, anchor: str) -> str:
    cells = (str(number), _label(mention), one_line(mention.value), sureness(mention.confidence), "; ".join(_grounds(mention)))
    return f'<tr id="{anchor}{number}">{_cells(cells)}</tr>'
