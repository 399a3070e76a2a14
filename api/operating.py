"""What does whoever runs the program for an office ask of it on the terminal?"""

from typing import Annotated

import typer

from api.here import open_store, person


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
