"""click in two languages: help texts are ``Text``, headings and complaints speak the session's language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any, TypeVar

import click

from xlaudit.cli.commands import Told
from xlaudit.cli.session import Session
from xlaudit.texts import Language, Text, same

_HEADINGS = {
    "Options": Text("Options"),
    "Commands": Text("Commands"),
}
_USAGE = Text("Usage: ")
_PIECES = {"[OPTIONS]": Text("[OPTIONS]"), "COMMAND [ARGS]...": Text("COMMAND [ARGS]...")}
_HELP = Text("Show this help.")
_SEE_HELP = Text("See `{command} --help`.")
_LANG = Text("Language of the output: id or en (also by XLAUDIT_LANG).")
_DEBUG = Text("If xlaudit itself fails, show where.")

_Decorated = TypeVar("_Decorated", bound=Callable[..., Any])


def language_of(context: click.Context) -> Language:
    """The language of the session that a context belongs to."""
    session = context.find_root().obj
    return session.language if isinstance(session, Session) else "id"


class Formatter(click.HelpFormatter):
    """Help pages with headings in the language of the session."""

    language: Language = "id"

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        for piece, text in _PIECES.items():
            args = args.replace(piece, text.get(self.language))
        super().write_usage(prog, args, _USAGE.get(self.language) if prefix is None else prefix)

    def write_heading(self, heading: str) -> None:
        known = _HEADINGS.get(heading)
        super().write_heading(known.get(self.language) if known else heading)


class Context(click.Context):
    formatter_class = Formatter

    def make_formatter(self) -> click.HelpFormatter:
        formatter = super().make_formatter()
        if isinstance(formatter, Formatter):
            formatter.language = language_of(self)
        return formatter


class Option(click.Option):
    """An option whose help stands in both languages."""

    def __init__(self, *args: Any, text: Text, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.text = text

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        self.help = self.text.get(language_of(ctx))
        return super().get_help_record(ctx)


class Command(click.Command):
    """A command whose help stands in both languages; ``--help`` itself included."""

    context_class = Context

    def __init__(self, *args: Any, text: Text, **rest: Any) -> None:
        rest["add_help_option"] = False
        super().__init__(*args, **rest)
        self.text = text
        self.params.append(_help_option())

    def get_short_help_str(self, limit: int = 45) -> str:
        return self.text.id.partition("\n")[0]

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        self.help = self.text.get(language_of(ctx))
        super().format_help_text(ctx, formatter)


class Group(click.Group):
    """The group ``xlaudit``. Unknown commands are refused in the session's language.

    ``told`` says of each command what it does and which module of ``xlaudit.cli`` defines it: that is imported when the
    command is called for.
    """

    context_class = Context
    command_class = Command

    def __init__(self, *args: Any, text: Text, told: Mapping[str, Told], **rest: Any) -> None:
        rest["add_help_option"] = False
        super().__init__(*args, **rest)
        self.text = text
        self.told = told
        self.params.append(_help_option())

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        self.help = self.text.get(language_of(ctx))
        super().format_help_text(ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        language = language_of(ctx)
        rows = [(name, told.about.get(language).partition("\n")[0]) for name, told in self.told.items()]
        with formatter.section("Commands"):
            formatter.write_dl(rows)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            unknown = Text("There is no command {name!r}.")
            raise click.UsageError(unknown.fill(name=args[0]).get(language_of(ctx)), ctx)
        return super().resolve_command(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.told)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.told:
            return None
        command: click.Command = getattr(import_module(f"xlaudit.cli.{self.told[cmd_name].module}"), cmd_name)
        return command


def _help_option() -> Option:
    def show(context: click.Context, _option: click.Parameter, value: bool) -> None:
        if value and not context.resilient_parsing:
            click.echo(context.get_help())
            context.exit()

    return Option(["--help"], text=_HELP, is_flag=True, is_eager=True, expose_value=False, callback=show)


def option(*names: str, text: Text, **rest: Any) -> Callable[[_Decorated], _Decorated]:
    """``click.option`` with a help text in both languages."""
    return click.option(*names, cls=Option, text=text, **rest)


def common_options(function: _Decorated) -> _Decorated:
    """``--lang`` and ``--debug``, taken before and after the command; ``Session.of`` has read them."""
    function = option("--debug", is_flag=True, expose_value=False, text=_DEBUG)(function)
    return option("--lang", type=click.Choice(["id", "en"]), expose_value=False, text=_LANG)(function)


def complaint(error: click.ClickException, session: Session) -> str:
    """What a call got wrong, in the session's language, and where to read on."""
    context = error.ctx if isinstance(error, click.UsageError) else None
    hint = _SEE_HELP.fill(command=context.command_path if context else "xlaudit")
    return f"{session.text(_reason(error))} {session.text(hint)}"


def _reason(error: click.ClickException) -> Text:
    english = error.format_message()
    if isinstance(error, click.NoSuchOption):
        return Text("There is no option {name}.").fill(name=error.option_name)
    if isinstance(error, click.MissingParameter):
        name = _parameter(error)
        return Text("{name} is missing.").fill(name=name)
    if isinstance(error, click.BadParameter):
        name = _parameter(error)
        if isinstance(error.param, click.Parameter) and isinstance(error.param.type, click.Choice):
            choices = ", ".join(str(choice) for choice in error.param.type.choices)
            either = Text("{name} must be one of: {choices}.")
            return either.fill(name=name, choices=choices)
        if isinstance(error.param, click.Parameter) and isinstance(error.param.type, click.IntRange):
            least = error.param.type.min
            whole = Text("{name} must be a whole number from {least} on.")
            return whole.fill(name=name, least=least)
        invalid = Text("{name} is not valid: {why}")
        return invalid.fill(name=name, why=error.message)
    if isinstance(error, click.BadOptionUsage):
        needs = Text("The option {name} needs a value.")
        takes_none = Text("The option {name} takes no value.")
        return (needs if "requires" in english else takes_none).fill(name=error.option_name)
    if isinstance(error, click.UsageError) and english.startswith("Got unexpected extra argument"):
        extra = english.partition("(")[2].rstrip(")")
        return Text("Too many arguments: {extra}.").fill(extra=extra)
    return same(english)


def _parameter(error: click.BadParameter) -> str:
    if error.param is None:
        return str(error.param_hint or "?")
    if isinstance(error.param, click.Option):
        return error.param.opts[-1]
    return error.param.human_readable_name
