"""How does a sample look on paper?  The form is that of Nghị định 30/2020/NĐ-CP for the State, of the Party's guidance for the Party."""

import html
import io
import re
import zipfile
from datetime import datetime

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from samples.hand import digits, seal, signature
from samples.sheet import MOTTO, Part, Sheet, bare, parts

SERIAL, DAY = "Số:          ", "ngày       "  # the gaps that a hand fills
CENTRE = WD_ALIGN_PARAGRAPH.CENTER

STYLE = """
@page { size: A4; margin: 20mm 15mm 20mm 30mm; @top-center { content: counter(page); font: 13pt "Liberation Serif"; } }
@page :first { @top-center { content: none; } }
body { margin: 0; font: 14pt/1.32 "Liberation Serif", "Times New Roman", serif; }
table { width: 100%; border-collapse: collapse; }
td { vertical-align: top; padding: 0; }
.head td { text-align: center; font-size: 13pt; line-height: 1.25; }
.head .left { width: 41%; }
.head b, .date, .number { white-space: pre; }
.state .head b { font-size: 12.5pt; }
.state .number { padding-top: 4pt; }
.head .first { font-weight: normal; }
.head b.line, .motto { border-bottom: 1px solid; padding-bottom: 1px; }
.date { font-style: italic; padding-top: 6pt; }
.under { font-size: 12pt; line-height: 1.15; padding-top: 3pt; }
.stamp { display: inline-block; border: 2px solid #c2252b; color: #c2252b; font-weight: bold; padding: 2pt 10pt; margin-top: 8pt; }
h1 { font-size: 14pt; text-align: center; margin: 16pt 0 0; }
h2 { font-size: 14pt; text-align: center; margin: 0; }
h2.last::after { content: ""; display: block; width: 80pt; border-bottom: 1px solid; margin: 4pt auto 12pt; }
h3 { font-size: 14pt; margin: 8pt 0 4pt; text-indent: 10mm; break-after: avoid; }
h3.middle { text-align: center; text-indent: 0; }
p { margin: 0 0 5pt; text-align: justify; text-indent: 10mm; }
p.centred { text-align: center; text-indent: 0; }
p.basis { font-style: italic; }
.call { margin: 14pt 0 10pt; }
.call td:first-child { width: 36%; text-align: right; padding-right: 8pt; }
.grid { margin: 6pt 0 10pt; }
.grid td { border: 1px solid; padding: 2pt 4pt; font-size: 12pt; line-height: 1.2; }
.grid tr:first-child td { font-weight: bold; text-align: center; vertical-align: middle; }
.grid td:first-child { text-align: center; }
.foot { margin-top: 12pt; break-inside: avoid; }
.foot td:first-child { width: 50%; font-size: 11pt; line-height: 1.2; }
.foot td:last-child { text-align: center; font-weight: bold; position: relative; }
.name { margin-top: 68pt; }
.party .label { text-decoration: underline; font-size: 12pt; }
.state .label { font-weight: bold; font-style: italic; font-size: 12pt; }
.new { break-before: page; }
.notes { position: fixed; bottom: 0; font-size: 11pt; border-top: 1px solid; width: 100%; padding-top: 3pt; }
svg.hand { height: 17pt; margin: -5pt 1pt; } svg.hand path, svg.signature path { fill: none; stroke: #2a3f9d; stroke-linecap: round; }
svg.hand path { stroke-width: 8; } svg.signature path { stroke-width: 3; }
svg.signature { position: absolute; left: 24%; bottom: 14pt; height: 58pt; }
svg.seal { position: absolute; left: -4%; bottom: 4pt; height: 96pt; transform: rotate(-7deg); opacity: .8; }
svg.seal circle { fill: none; stroke: #cf2b2b; } svg.seal text, svg.seal polygon { fill: #cf2b2b; font: bold 21px "Liberation Sans"; }
"""


def to_text(sheet: Sheet) -> str:
    """Give the sample as plain text, left column of the head before the right one."""
    left = [*sheet.left, *(["*"] if sheet.family == "party" else []), sheet.number, *sheet.under]
    lines = [*left, "", *MOTTO[sheet.family], sheet.date, ""]
    if sheet.title:
        lines += [sheet.title, *sheet.subject, *(["-----"] if sheet.family == "party" else []), ""]
    if len(sheet.addressees) == 1:
        lines += [f"{sheet.salutation} {sheet.addressees[0]}", ""]
    elif sheet.addressees:
        lines += [sheet.salutation, *(f"- {one}" for one in sheet.addressees), ""]
    for part in parts(sheet.body):
        lines += [" | ".join(row) for row in part.rows] or [bare(part.text)]
    lines += ["", "Nơi nhận:", *(f"- {one}" for one in sheet.recipients), "", *sheet.signature, "", "", sheet.truth["signer"]["name"]]
    return "\n".join(lines) + "\n"


def to_html(sheet: Sheet) -> str:
    """Give the sample as a page for a browser to print; hand, signature and seal are drawn where a paper has them."""
    body = "".join(map(block, parts(sheet.body)))
    if sheet.after:
        after = "".join(map(block, parts(sheet.after)))
        body += closing(sheet) + f'<div class="new">{after}</div>'
    else:
        body += closing(sheet)
    notes = "".join(f"<div>({i}) {html.escape(note)}</div>" for i, note in enumerate(sheet.footnotes, 1))
    title = f"<h1>{sheet.title}</h1>{subject(sheet)}" if sheet.title else ""
    return (
        f'<!doctype html><html lang="vi"><meta charset="utf-8"><title>{html.escape(sheet.number)}</title><style>{STYLE}</style>'
        f'<body class="{sheet.family}">{head(sheet)}{title}{call(sheet)}{body}'
        + (f'<div class="notes">{notes}</div>' if notes else "")
        + "</body></html>"
    )


def head(sheet: Sheet) -> str:
    """The two columns of the head: who writes and under which number; the motto, place and date."""
    upper = "".join(f'<div class="first">{line}</div>' for line in sheet.left[:-1]) if sheet.family == "party" else ""
    bold = sheet.left[-1:] if sheet.family == "party" else sheet.left
    issuer = upper + "<br>".join(f"<b{' class=line' if line is bold[-1] and sheet.family == 'state' else ''}>{line}</b>" for line in bold)
    number = html.escape(sheet.number)
    if sheet.hand_serial:
        number = number.replace(SERIAL, f"Số: {digits(sheet.hand_serial, sheet.slug)} ")
    date = html.escape(sheet.date)
    if sheet.hand_day:
        date = date.replace(DAY, f"ngày {digits(sheet.hand_day, sheet.slug)} ")
    star = "<div>*</div>" if sheet.family == "party" else ""
    under = f'<div class="under">{"<br>".join(sheet.under)}</div>' if sheet.under else ""
    stamp = f'<div class="stamp">{sheet.stamp}</div>' if sheet.stamp else ""
    motto = "<br>".join(f"<b{' class=motto' if line is MOTTO[sheet.family][-1] else ''}>{line}</b>" for line in MOTTO[sheet.family])
    return (
        f'<table class="head"><tr><td class="left">{issuer}{star}<div class="number">{number}</div>{under}{stamp}</td>'
        f'<td>{motto}<div class="date">{date}</div></td></tr></table>'
    )


def subject(sheet: Sheet) -> str:
    """The lines under the title, the last with the short rule."""
    return "".join(f"<h2{' class=last' if line is sheet.subject[-1] else ''}>{html.escape(line)}</h2>" for line in sheet.subject)


def call(sheet: Sheet) -> str:
    """To whom the paper goes, as it stands above the body."""
    if not sheet.addressees:
        return ""
    word = f"<i>{sheet.salutation}</i>" if sheet.family == "party" else sheet.salutation
    if len(sheet.addressees) == 1:
        return f'<p class="centred call">{word} {sheet.addressees[0]}</p>'
    if sheet.call:
        return f'<p class="centred call"><b>{sheet.call}</b></p>' + "".join(f"<p>- {one}</p>" for one in sheet.addressees)
    names = "<br>".join(f"- {one}" for one in sheet.addressees)
    return f'<table class="call"><tr><td>{word}</td><td>{names}</td></tr></table>'


def block(part: Part) -> str:
    """One part of a body as HTML."""
    if part.rows:
        rows = "".join(f"<tr>{''.join(f'<td>{html.escape(cell)}</td>' for cell in row)}</tr>" for row in part.rows)
        return f'<table class="grid">{rows}</table>'
    words = re.sub(r"\{(\d+)\}", r"<sup>(\1)</sup>", re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", html.escape(part.text)))
    if part.kind == "heading":
        return f"<h3{'' if re.match('[IVX]+[-.]', part.text) else ' class=middle'}>{words}</h3>"
    if part.kind in ("centred", "centred bold"):
        return f'<p class="centred">{"<b>" + words + "</b>" if "bold" in part.kind else words}</p>'
    return f'<p class="{part.kind}">{words}</p>'


def closing(sheet: Sheet) -> str:
    """The recipients and, beside them, the signature."""
    names = "<br>".join(f"- {one}" for one in sheet.recipients)
    posts = "<br>".join(sheet.signature)
    marks = signature(sheet.slug) + (seal(sheet.seal) if sheet.seal else "")
    return (
        f'<table class="foot"><tr><td><span class="label">Nơi nhận:</span><br>{names}</td>'
        f'<td>{posts}<div class="name">{sheet.truth["signer"]["name"]}</div>{marks}</td></tr></table>'
    )


def to_docx(sheet: Sheet, made: datetime) -> bytes:
    """Give the sample as a Word file of the day `made`, the same bytes each time."""
    word = docx.Document()
    section = word.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin = section.bottom_margin = Cm(2)
    section.left_margin, section.right_margin = Cm(3), Cm(1.5)
    word.styles["Normal"].font.name, word.styles["Normal"].font.size = "Times New Roman", Pt(14)
    docx_head(word, sheet)
    word.add_paragraph()
    for line, size in [(sheet.title, 15), *((one, 14) for one in sheet.subject)]:
        write(word.add_paragraph(), f"**{line}**", align=CENTRE, size=size)
    if len(sheet.addressees) == 1:
        write(word.add_paragraph(), f"{sheet.salutation} {sheet.addressees[0]}", align=CENTRE)
    for part in parts(sheet.body):
        docx_part(word, part)
    docx_closing(word, sheet)
    word.core_properties.author = word.core_properties.title = ""
    word.core_properties.created = word.core_properties.modified = made
    return still(word)


def docx_head(word: Document, sheet: Sheet) -> None:
    """The head is a table of two cells without borders."""
    left, right = word.add_table(1, 2).rows[0].cells
    upper, bold = (sheet.left[:-1], sheet.left[-1:]) if sheet.family == "party" else ([], sheet.left)
    star = ["*"] if sheet.family == "party" else []
    fill(left, [*upper, *(f"**{line}**" for line in bold), *star, sheet.number], size=13)
    fill(right, [*(f"**{line}**" for line in MOTTO[sheet.family]), sheet.date], size=13)


def docx_part(word: Document, part: Part) -> None:
    """One part of a body in Word."""
    if part.rows:
        table = word.add_table(0, len(part.rows[0]), style="Table Grid")
        shares = [max(len(cell) for cell in column) ** 0.5 for column in zip(*part.rows, strict=True)]
        for row in part.rows:
            for cell, words, share in zip(table.add_row().cells, row, shares, strict=True):
                write(cell.paragraphs[0], words, size=12)
                cell.width = Cm(16.5 * share / sum(shares))
        word.add_paragraph()
        return
    words = f"**{part.text}**" if part.kind in ("heading", "centred bold") else part.text
    middle = part.kind in ("centred", "centred bold") or (part.kind == "heading" and not re.match("[IVX]+[-.]", part.text))
    paragraph = write(word.add_paragraph(), words, align=CENTRE if middle else WD_ALIGN_PARAGRAPH.JUSTIFY, italic=part.kind == "basis")
    paragraph.paragraph_format.first_line_indent = Cm(0 if middle else 1)


def docx_closing(word: Document, sheet: Sheet) -> None:
    """Recipients left, signature right, again in a table without borders."""
    left, right = word.add_table(1, 2).rows[0].cells
    fill(left, ["**Nơi nhận:**", *(f"- {one}" for one in sheet.recipients)], size=11, align=None)
    fill(right, [*(f"**{line}**" for line in sheet.signature), "", "", "", f"**{sheet.truth['signer']['name']}**"], size=14)


def fill(cell: _Cell, lines: list[str], *, size: int, align: WD_ALIGN_PARAGRAPH | None = CENTRE) -> None:
    """Write lines into a cell, one paragraph each."""
    for i, line in enumerate(lines):
        write(cell.paragraphs[0] if i == 0 else cell.add_paragraph(), line, size=size, align=align)


def write(paragraph: Paragraph, words: str, *, size: int = 14, align: WD_ALIGN_PARAGRAPH | None = None, italic: bool = False) -> Paragraph:
    """Write words with their bold stretches."""
    for i, stretch in enumerate(words.split("**")):
        run = paragraph.add_run(stretch)
        run.bold, run.italic, run.font.size = i % 2 == 1, italic, Pt(size)
    if align is not None:
        paragraph.alignment = align
    paragraph.paragraph_format.space_after = Pt(3)
    return paragraph


def still(word: Document) -> bytes:
    """Save with one fixed time on every member, so that the bytes do not change from day to day."""
    loose, fixed = io.BytesIO(), io.BytesIO()
    word.save(loose)
    with zipfile.ZipFile(loose) as old, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), old.read(name), zipfile.ZIP_DEFLATED)
    return fixed.getvalue()
