"""How is a table written as a file that Excel opens?

A workbook is a zip of a few XML parts. Every text goes in as an inline string and every day as a number with a date format: nothing
that a document says can become a formula.
"""

import zipfile
from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO
from xml.sax.saxutils import escape

Cell = str | int | date | None
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_KEPT = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_FIRST_DAY = date(1899, 12, 30)  # of Excel's count, which holds 1900 for a leap year
_LONGEST = 32_000  # letters of a cell
_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_KEPT}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-'
    'package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.spreadsheetml.styles+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_KEPT}/relationships"><Relationship Id="r1" Type="{_LINKS}/officeDocument" '
    'Target="xl/workbook.xml"/></Relationships>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_KEPT}/relationships"><Relationship Id="r1" Type="{_LINKS}/worksheet" '
    f'Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="{_LINKS}/styles" Target="styles.xml"/></Relationships>',
    "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Times New Roman"/></font><font><b/><sz val="11"/><name val="Times New Roman"/></font>'
    '</fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" '
    'fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="3">'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1">'
    '<alignment vertical="top" wrapText="1"/></xf>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1" applyAlignment="1">'
    '<alignment vertical="center" wrapText="1"/></xf>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1">'
    '<alignment vertical="top"/></xf></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
}


def workbook(name: str, columns: Sequence[tuple[str, int]], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Write one sheet: columns with their breadths in letters, then the rows; the head stays in sight and is printed on each page."""
    heads = _row(1, [title for title, _ in columns], style=1)
    body = "".join(_row(at, row) for at, row in enumerate(rows, 2))
    wide = "".join(f'<col min="{at}" max="{at}" width="{breadth}" customWidth="1"/>' for at, (_, breadth) in enumerate(columns, 1))
    sheet = (
        f'<worksheet xmlns="{_MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView workbookViewId="0"><pane '
        f'ySplit="1" topLeftCell="A2" state="frozen"/></sheetView></sheetViews><cols>{wide}</cols><sheetData>{heads}{body}</sheetData>'
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>'
    )
    book = (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_LINKS}"><sheets><sheet name="{_text(name)}" sheetId="1" r:id="r1"/></sheets><definedNames>'
        f'<definedName name="_xlnm.Print_Titles" localSheetId="0">\'{_text(name)}\'!$1:$1</definedName></definedNames></workbook>'
    )
    held = BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as parts:
        for path, xml in (*_PARTS.items(), ("xl/workbook.xml", book), ("xl/worksheets/sheet1.xml", sheet)):
            parts.writestr(path, _HEAD + xml)
    return held.getvalue()


def _row(at: int, cells: Iterable[Cell], *, style: int = 0) -> str:
    return f'<row r="{at}">' + "".join(_cell(cell, style) for cell in cells) + "</row>"


def _cell(value: Cell, style: int) -> str:
    if value is None or value == "":
        return f'<c s="{style}"/>'
    if isinstance(value, date):
        return f'<c s="2"><v>{(value - _FIRST_DAY).days}</v></c>'
    if isinstance(value, int):
        return f'<c s="{style}"><v>{value}</v></c>'
    return f'<c s="{style}" t="inlineStr"><is><t xml:space="preserve">{_text(value[:_LONGEST])}</t></is></c>'


def _text(value: str) -> str:
    """Escape a text; letters that XML cannot hold are left out."""
    allowed = (
        letter for letter in value if letter in "\t\n" or (letter >= " " and not 0xD800 <= ord(letter) <= 0xDFFF and ord(letter) < 0xFFFE)
    )
    return escape("".join(allowed), {'"': "&quot;"})
