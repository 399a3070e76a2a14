"""What can be asked for on the terminal? Each command parses, asks one room, and prints."""

import gc
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from datetime import date, time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from api.auditing import audit
from api.errors import NoSuchFile, Refusal
from api.here import open_store, person, viewer
from api.operating import backup, purge, restore, scrub, serve, service, worker
from api.relations import relations
from api.terminal import Command, Group, complain, mistake, parse_date
from api.users import user

if TYPE_CHECKING:
    from api.batch import Tally
    from ingest.transcript import Transcript

app = typer.Typer(
    cls=Group,
    help="Văn thư: đọc văn bản của Đảng và Nhà nước, cho biết ai phải làm gì, trước ngày nào, theo văn bản nào.",
    epilog="Kho nằm ở thư mục VANTHU_HOME (mặc định ./vanthu-home). Chương trình chạy trên máy này, không dùng mạng.",
    add_completion=False,
    context_settings={"max_content_width": 110},
    rich_markup_mode=None,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    subcommand_metavar="LỆNH ...",
    options_metavar="[TÙY CHỌN]",
)

Purpose = Literal["daily", "archive"]
Family = Literal["party", "state", "mass_org"]
AsJson = Annotated[bool, typer.Option("--json", help="In JSON cho chương trình khác đọc.")]
Number = Annotated[str, typer.Argument(metavar="SỐ", help="Số, ký hiệu viết kiểu nào cũng được: 833-CV/HU, «09 HD/BTCTU».")]


def main() -> None:
    """Run the command line: errors become one Vietnamese line and an exit code, never a traceback for a known cause."""
    gc.set_threshold(50_000)  # loading modules makes no garbage: looking for it takes a twentieth of a short command's time
    try:
        code = app(prog_name="vanthu", standalone_mode=False)
    except KeyboardInterrupt:
        code = 130
    except BrokenPipeError:
        sys.stderr.close()
        code = 0
    except Exception as error:  # noqa: BLE001  the last door before a person
        code = _answer_for(error)
    sys.exit(code if isinstance(code, int) else 0)


def _answer_for(error: Exception) -> int:
    from typer.exceptions import TyperException

    from api.errors import exit_code, is_known

    if type(error).__name__ == "NoArgsIsHelpError":
        typer.echo(str(error))
        return 0
    if isinstance(error, TyperException):
        complain(mistake(error))
        return 2
    if is_known(error):
        complain(str(error))
    elif isinstance(error, OSError):
        complain(f"Không đọc hoặc ghi được {error.filename or 'ổ đĩa'} ({error.strerror}). Đề nghị kiểm tra quyền truy cập và dung lượng.")
    else:
        complain(f"Chương trình gặp lỗi ngoài dự kiến: {type(error).__name__}: {error}. Dữ liệu đã nhận không mất.")
    return exit_code(error)


def _command(name: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    return app.command(name, cls=Command, options_metavar="[TÙY CHỌN]")


@app.callback(invoke_without_command=True)
def about(show: Annotated[bool, typer.Option("--version", help="In số phiên bản.", is_eager=True)] = False) -> None:
    """Answer what holds for all commands."""
    if show:
        from importlib.metadata import version

        typer.echo(f"vanthu {version('vanthu')}")
        raise typer.Exit


@_command("ingest")
def ingest(
    paths: Annotated[list[Path] | None, typer.Argument(metavar="[ĐƯỜNG DẪN]...", help="Tệp và thư mục.", show_default=False)] = None,
    purpose: Annotated[
        Literal["daily", "archive"],
        typer.Option(
            metavar="daily|archive",
            help="daily: văn bản hằng ngày; archive: tài liệu lưu trữ số hóa, không mở nhiệm vụ.",
            show_default=False,
        ),
    ] = "daily",
    by: Annotated[
        str | None, typer.Option("--by", metavar="TÊN", help="Người nộp; mặc định là tài khoản của máy.", show_default=False)
    ] = None,
) -> None:
    """Tiếp nhận tệp và thư mục, đọc, vào kho.

    Mỗi tệp một biên nhận; tệp hỏng được nêu tên, các tệp khác vẫn được đọc. Không có đường dẫn: đọc tiếp các tệp còn chờ.

    Ví dụ: vanthu ingest van-ban-den/ cv.pdf --purpose daily
    """
    from api.batch import bring_in, resume

    workshop = open_store(new=True)
    _close(bring_in(workshop, paths, purpose=purpose, by=by or person()) if paths else resume(workshop))


@_command("extract")
def extract(path: Annotated[Path, typer.Argument(metavar="TỆP", help="Tệp văn bản, DOCX, PDF hoặc ảnh.")]) -> None:
    """Đọc một tệp và in những gì tìm thấy dạng JSON, kèm chỗ nêu trong văn bản. Không ghi vào kho.

    Ví dụ: vanthu extract cv.pdf
    """
    from api.record import record
    from api.understanding import documents_in

    found = documents_in(_read(path), path)
    typer.echo(json.dumps({"documents": [record(part, directive) for part, directive in found]}, ensure_ascii=False, indent=1))


@_command("text")
def text(
    path: Annotated[Path, typer.Argument(metavar="TỆP", help="Tệp văn bản, DOCX, PDF hoặc ảnh.")],
    page: Annotated[int | None, typer.Option("--page", metavar="TRANG", help="Chỉ trang này, đếm từ 1.", show_default=False)] = None,
) -> None:
    """In những gì đọc được của một tệp, từng dòng. Không ghi vào kho.

    Ví dụ: vanthu text quet.pdf --page 2
    """
    transcript = _read(path, page)
    for each in transcript.pages:
        if len(transcript.pages) > 1:
            typer.echo(f"--- Trang {each.number} ---")
        typer.echo(each.text)
        for note in each.notes:
            complain(note)


@_command("explain")
def explain(
    path: Annotated[Path, typer.Argument(metavar="TỆP", help="Tệp văn bản, DOCX, PDF hoặc ảnh.")],
    html: Annotated[bool, typer.Option("--html", help="In thành một trang HTML để mở bằng trình duyệt.")] = False,
) -> None:
    """In văn bản với mọi giá trị tìm thấy được đánh dấu tại chỗ, kèm căn cứ. Không ghi vào kho.

    Ví dụ: vanthu explain cv.pdf --html > cv.html
    """
    from api.explain import lines, page
    from api.print import say
    from api.understanding import documents_in

    documents = documents_in(_read(path), path)
    if html:
        typer.echo(page(documents), nl=False)
    for part, directive in () if html else documents:
        say(lines(part, directive))


_command("relations")(relations)
for each in (serve, worker, service, backup, restore, scrub, purge):
    _command(each.__name__)(each)
app.add_typer(audit, name="audit")
app.add_typer(user, name="user")


@_command("due")
def due(
    as_of: Annotated[
        date | None, typer.Option("--as-of", parser=parse_date, metavar="NGÀY", help="Tính đến ngày này; mặc định hôm nay.")
    ] = None,
    within: Annotated[int | None, typer.Option("--within", metavar="SỐ NGÀY", help="Chỉ hạn trong chừng này ngày tới.")] = None,
    agency: Annotated[str | None, typer.Option("--agency", metavar="TÊN", help="Chỉ việc của đơn vị này.")] = None,
    overdue: Annotated[bool, typer.Option("--overdue", help="Chỉ việc quá hạn.")] = False,
    as_json: AsJson = False,
) -> None:
    """Ai phải làm gì, trước ngày nào, theo văn bản nào.

    Ví dụ: vanthu due --within 7 --agency "Ban Tổ chức Huyện ủy"
    """
    from api.print import duty_lines, say, width
    from api.wording import today
    from store.database import look
    from store.duties import due as ask

    with look(open_store().engine) as session:
        lines = ask(session, as_of=as_of or today(), seen_by=viewer(), within=within, agency=agency, overdue=overdue)
    if as_json:
        _print_json(lines)
    else:
        say(duty_lines(lines, width()) if lines else ["Không có nhiệm vụ nào."])


@_command("show")
def show(number: Number) -> None:
    """Tất cả về văn bản mang số này.

    Ví dụ: vanthu show 833-CV/HU
    """
    from api.print import say, view_lines, width
    from api.wording import today
    from store.database import look
    from store.documents import by_number, document
    from store.errors import NotFound

    workshop = open_store()
    with look(workshop.engine) as session:
        found = by_number(session, number, seen_by=viewer())
        if not found:
            raise NotFound(_unknown(number))
        for line in found:
            say(view_lines(document(session, line.id, home=workshop.settings.home, as_of=today(), seen_by=viewer()), width()))


@_command("cites")
def cites(number: Number, as_json: AsJson = False) -> None:
    """Văn bản này viện dẫn những gì, và được văn bản nào viện dẫn.

    Ví dụ: vanthu cites 132-QĐ/TW
    """
    from api.print import citations_lines, say, width
    from store.database import look
    from store.errors import NotFound
    from store.graph import cites as ask

    with look(open_store().engine) as session:
        found = ask(session, number, seen_by=viewer())
    if not found:
        raise NotFound(_unknown(number))
    if as_json:
        _print_json(found)
        return
    for each in found:
        say(citations_lines(each, width()))


@_command("search")
def search(
    words: Annotated[list[str], typer.Argument(metavar="TỪ...", help="Từ cần tìm, hoặc số văn bản.")],
) -> None:
    """Tìm trong toàn văn, có dấu hoặc không dấu.

    Ví dụ: vanthu search kiem diem danh gia
    """
    from api.print import hit_lines, say, width
    from store.database import look
    from store.finding import search as ask

    with look(open_store().engine) as session:
        hits = ask(session, " ".join(words), seen_by=viewer())
    say(hit_lines(hits, width()) if hits else ["Không tìm thấy văn bản nào."])


@_command("office")
def office(
    name: Annotated[str | None, typer.Option("--name", metavar="TÊN", help="Tên cơ quan.")] = None,
    family: Annotated[Family | None, typer.Option("--family", metavar="party|state|mass_org", help="Đảng, nhà nước, hay đoàn thể.")] = None,
    parent: Annotated[str | None, typer.Option("--parent", metavar="TÊN", help="Cơ quan cấp trên.")] = None,
    place: Annotated[str | None, typer.Option("--place", metavar="TÊN", help="Địa danh.")] = None,
    term: Annotated[str | None, typer.Option("--term", metavar="NĂM-NĂM", help="Nhiệm kỳ.")] = None,
) -> None:
    """Xem hoặc ghi cơ quan dùng chương trình; nhờ đó chữ «Huyện ủy» trong văn bản có nghĩa.

    Ví dụ: vanthu office --name "Huyện ủy Bảo Lâm" --family party --parent "Tỉnh ủy Lâm Đồng" --place "Bảo Lâm" --term 2020-2025
    """
    from api.print import office_lines, say
    from store.answers import Office
    from store.database import begin
    from store.office import get_office, set_office

    given = {"name": name, "family": family, "parent": parent, "place": place, "term": term}
    changes = {key: value for key, value in given.items() if value is not None}
    with begin(open_store(new=bool(changes)).engine, by=person()) as session:
        found = get_office(session)
        if changes:
            if found is None and not (name and family):
                raise Refusal("Lần đầu cần ghi cả tên và loại cơ quan: vanthu office --name … --family party|state|mass_org")
            blank = found or Office("", "party", None, None, None)
            found = replace(blank, **changes)  # type: ignore[arg-type]  # the options have the fields' types
            set_office(session, found)
    say(office_lines(found))


@_command("jobs")
def jobs(as_json: AsJson = False) -> None:
    """Sổ tiếp nhận: các tệp đã nhận, mới nhất trước, và việc đọc đến đâu.

    Ví dụ: vanthu jobs
    """
    from api.print import job_line, say, width
    from store.database import look
    from store.ledger import jobs as ask

    with look(open_store().engine) as session:
        found = ask(session, seen_by=viewer())
    if as_json:
        _print_json(found)
    else:
        say(job_line(job, width()) for job in found)


@_command("retry")
def retry(number: Annotated[int, typer.Argument(metavar="SỐ THỨ TỰ", help="Số ở đầu dòng của «vanthu jobs».")]) -> None:
    """Đọc lại một tệp chưa đọc được.

    Ví dụ: vanthu retry 12
    """
    from api.batch import resume
    from store.database import begin
    from store.ledger import retry as let_wait

    workshop = open_store()
    with begin(workshop.engine, by=person()) as session:
        let_wait(session, number)
    _close(resume(workshop, [number]))


@_command("reread")
def reread(
    changed_rules: Annotated[bool, typer.Option("--changed-rules", help="Chỉ những tệp đã hiểu theo quy tắc cũ.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Ghi vào kho sau khi in khác biệt, không hỏi.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Chỉ in khác biệt, không ghi gì.")] = False,
) -> None:
    """Đọc lại kho theo quy tắc hiện nay: in khác biệt trước, hỏi rồi mới ghi.

    Những gì người dùng đã sửa, đã xác nhận hoặc đã xử lý được giữ nguyên.

    Ví dụ: vanthu reread --changed-rules
    """
    from api.rereading import reread_store

    asks = (lambda: yes or typer.confirm("Ghi vào kho?", default=False)) if not dry_run else (lambda: False)
    if not reread_store(open_store(), changed_rules=changed_rules, may_file=asks):
        raise typer.Exit(3)


def _close(tally: "Tally") -> None:
    """Say how a batch went; exit with 3 when a file of it could not be read."""
    typer.echo(tally.sentence())
    if tally.failed:
        raise typer.Exit(3)


def _read(path: Path, page: int | None = None) -> "Transcript":
    """Read a file here and now, or one page of it; two pages at a time."""
    from ingest.read import assemble, open_source, read_pages

    if not path.is_file():
        raise NoSuchFile(str(path))
    source = open_source(path, path.name)
    wanted = range(1, source.page_count + 1)
    if page is not None and page not in wanted:
        raise Refusal(f"{path.name} có {source.page_count} trang, không có trang {page}.")
    skip = [number for number in wanted if page not in (None, number)]
    return assemble(source, read_pages(source, skip=skip, processes=2))


def _unknown(number: str) -> str:
    return f"Không tìm thấy văn bản số {number}. Thử tìm theo từ: vanthu search …"


def _print_json(records: Sequence[Any]) -> None:
    def plain(value: object) -> str:
        return value.isoformat() if isinstance(value, date | time) else str(value)

    typer.echo(json.dumps([asdict(record) for record in records], ensure_ascii=False, indent=1, default=plain))
