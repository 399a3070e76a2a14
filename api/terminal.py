"""How does the terminal speak Vietnamese where its library speaks English?

Help texts are translated as they are printed; a mistake on the command line becomes one calm sentence with the way out.
"""

import difflib
import sys
from datetime import date
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from api.errors import Refusal

HELP = (
    ("Usage:", "Cách dùng:"),
    ("Arguments:", "Đối số:"),
    ("Options:", "Tùy chọn:"),
    ("Commands:", "Các lệnh:"),
    ("Show this message and exit.", "In lời hướng dẫn này."),
    ("[OPTIONS]", "[TÙY CHỌN]"),
    ("COMMAND [ARGS]...", "LỆNH ..."),
    ("  [required]", ""),
)
SEE_HELP = "Gõ «{command} --help» để xem cách dùng."


def translated(text: str) -> str:
    """Give a help text with the library's own words in Vietnamese."""
    for english, vietnamese in HELP:
        text = text.replace(english, vietnamese)
    return text


class Command(TyperCommand):
    """A command whose help is Vietnamese throughout."""

    def get_help(self, ctx: typer.Context) -> str:  # type: ignore[override]  # the library's own subclass of its base
        """Give the help text."""
        return translated(super().get_help(ctx))


class Group(TyperGroup):
    """All commands together; a command that does not exist is answered with the nearest one."""

    def get_help(self, ctx: typer.Context) -> str:  # type: ignore[override]  # as above
        """Give the help text."""
        return translated(super().get_help(ctx))

    def resolve_command(self, ctx: typer.Context, args: list[str]) -> tuple[str | None, Any, list[str]]:  # type: ignore[override]  # as above
        """Find the command; raise Refusal for one that is not there."""
        name = args[0]
        if name not in self.commands and not name.startswith("-"):
            near = difflib.get_close_matches(name, self.commands, 1)
            hint = f"Có phải «vanthu {near[0]}»?" if near else SEE_HELP.format(command="vanthu")
            raise Refusal(f"Không có lệnh «{name}». {hint}")
        return super().resolve_command(ctx, args)


def mistake(error: Exception) -> str:
    """Say in one Vietnamese sentence what is wrong with a command line; error is what typer raised for it."""
    context = getattr(error, "ctx", None)
    help_line = SEE_HELP.format(command=context.command_path if context else "vanthu")
    parameter = getattr(error, "param", None)
    name = _shown(parameter) if parameter is not None else ""
    match type(error).__name__:
        case "MissingParameter":
            return f"Thiếu {name}. {help_line}"
        case "NoSuchOption":
            return f"Không có tùy chọn {getattr(error, 'option_name', '')}. {help_line}"
        case "BadParameter":
            return f"Giá trị của {name} không dùng được. {help_line}"
        case "BadOptionUsage":
            return f"Tùy chọn {getattr(error, 'option_name', '')} thiếu giá trị. {help_line}"
    return f"Không hiểu dòng lệnh này. {help_line}"


def _shown(parameter: Any) -> str:  # noqa: ANN401  the library's own class has no public name
    """Give a parameter as a person types it: `--within`, or the metavar of an argument."""
    if parameter.param_type_name == "option":
        return str(max(parameter.opts, key=len))
    return str(parameter.metavar or parameter.name)


def parse_date(text: str) -> date:
    """Read a day from the command line. Raises Refusal for what is none."""
    from api.wording import parse_day

    found = parse_day(text)
    if found is None:
        raise Refusal(f"«{text}» không phải là ngày. Đề nghị ghi như 20/01/2023 hoặc 2023-01-20.")
    return found


def complain(text: str) -> None:
    """Print one line for the person on the error channel."""
    print(" ".join(text.split()), file=sys.stderr, flush=True)  # noqa: T201  the terminal is where it goes
