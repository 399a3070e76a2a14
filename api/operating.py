"""What does whoever runs the program for an office ask of it on the terminal?"""

import getpass
import sys
from pathlib import Path
from string import Template
from typing import Annotated

import typer

from api.here import open_store, person

UNIT = Path(__file__).parent / "units" / "vanthu.service"
Host = Annotated[str, typer.Option("--host", metavar="ĐỊA CHỈ", help="Địa chỉ phục vụ; mặc định 127.0.0.1.", show_default=False)]
Port = Annotated[int, typer.Option("--port", metavar="CỔNG", help="Cổng; mặc định 8000.", show_default=False)]
Certificate = Annotated[
    Path | None,
    typer.Option("--certificate", metavar="TỆP", help="Chứng thư số của máy chủ (PEM), để phục vụ qua HTTPS.", show_default=False),
]
Key = Annotated[Path | None, typer.Option("--key", metavar="TỆP", help="Khóa riêng của chứng thư (PEM).", show_default=False)]
Proxy = Annotated[
    str | None,
    typer.Option("--proxy", metavar="ĐỊA CHỈ", help="Máy chủ proxy đứng trước, nhận HTTPS thay chương trình.", show_default=False),
]


def serve(
    host: Host = "127.0.0.1",
    port: Port = 8000,
    certificate: Certificate = None,
    key: Key = None,
    proxy: Proxy = None,
) -> None:
    """Mở trang làm việc trên trình duyệt và đọc các tệp còn chờ.

    Để các máy khác vào được: chứng thư số của cơ quan (--certificate, --key), hoặc một proxy nhận HTTPS (--proxy).

    Ví dụ: vanthu serve --host 10.0.0.5 --port 443 --certificate coquan.pem --key coquan.key
    """
    from api.serving import Door
    from api.serving import serve as run

    run(open_store(new=True), Door(host, port, certificate, key, proxy))


def worker() -> None:
    """Đọc các tệp chờ trên máy này, bên cạnh máy chủ; dùng khi có nhiều máy.

    Các máy cùng đặt VANTHU_DATABASE (PostgreSQL) và VANTHU_HOME (thư mục dùng chung). Máy chủ tự đọc, không cần chạy lệnh này.

    Ví dụ: vanthu worker
    """
    from api.serving import work

    work(open_store())


def service(
    reads: Annotated[bool, typer.Option("--worker", help="Cho máy chỉ đọc, không phục vụ trang làm việc.")] = False,
    host: Host = "127.0.0.1",
    port: Port = 8000,
) -> None:
    """In tệp dịch vụ systemd để chương trình khởi động cùng máy. Không ghi gì.

    Ví dụ: vanthu service --port 8080 > vanthu.service
    """
    from api.settings import load_settings

    home = load_settings().home
    command = "worker" if reads else f"serve --host {host} --port {port}"
    program = Path(sys.executable).with_name("vanthu")
    told = Template(UNIT.read_text("utf-8"))
    typer.echo(told.substitute(user=getpass.getuser(), program=program, command=command, folder=home.parent, home=home), nl=False)


def backup(target: Annotated[Path, typer.Argument(metavar="TỆP", help="Tệp sao lưu (.tar), chưa có.")]) -> None:
    """Sao lưu cả kho vào một tệp, trong khi máy chủ vẫn chạy.

    Cơ sở dữ liệu, bản gốc và phần đã đọc ở cùng một thời điểm, kèm mã băm của từng tệp.

    Ví dụ: vanthu backup /mnt/sao-luu/kho-2026-11-21.tar
    """
    from api.keeping import back_up

    back_up(open_store(), target)


def restore(
    source: Annotated[Path, typer.Argument(metavar="TỆP", help="Tệp do vanthu backup tạo ra.")],
    check: Annotated[bool, typer.Option("--check", help="Chỉ kiểm tra bản sao lưu, không ghi gì.")] = False,
) -> None:
    """Phục hồi kho vào VANTHU_HOME còn trống; bản sao lưu hỏng thì không ghi gì.

    Bản sao lưu của phiên bản cũ được nâng lên phiên bản này. VANTHU_HOME đặt thư mục mới.

    Ví dụ: vanthu restore kho-2026-11-21.tar
    """
    from api.keeping import restore as bring_back
    from api.settings import load_settings

    bring_back(load_settings(), source, only_check=check)


def scrub() -> None:
    """Soát kho: cơ sở dữ liệu, từng bản gốc, phần đã đọc, tệp thừa, việc dở dang. Không sửa gì.

    Ví dụ: vanthu scrub
    """
    from api.keeping import look_through

    if not look_through(open_store()):
        raise typer.Exit(5)


def purge(
    number: Annotated[str, typer.Argument(metavar="SỐ", help="Số, ký hiệu của một văn bản trong tệp.")],
    why: Annotated[str, typer.Option("--why", metavar="CĂN CỨ", help="Căn cứ, ví dụ số quyết định tiêu hủy; ghi vào nhật ký.")],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Không hỏi lại.")] = False,
) -> None:
    """Tiêu hủy một tệp theo quy định: bản gốc, phần đã đọc và mọi văn bản của tệp.

    Để lại dấu ai tiêu hủy, khi nào, theo căn cứ nào. Phục hồi từ bản sao lưu cũ cũng không đưa tệp trở lại.

    Ví dụ: vanthu purge 833-CV/HU --why "QĐ 12-QĐ/HU ngày 05/01/2026 về tiêu hủy tài liệu hết giá trị"
    """
    from api.keeping import purge as delete

    if not delete(open_store(), number, why, by=person(), is_sure=lambda: yes or typer.confirm("Tiêu hủy, không lấy lại được?")):
        raise typer.Exit(3)
