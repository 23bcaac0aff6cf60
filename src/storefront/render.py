"""Rendering: sheets to bytes through a theme's templates. Stock Jinja2 semantics, autoescape on, strict undefined.

Three things are tuned, since pages are made of many small values: text is escaped by MarkupSafe's
C function without a wrapper around the result, an attribute of a view is read as an attribute where
stock Jinja2 asks the environment, and a macro is called without the checks for other callables.
`Renderer(theme, tuned=False)` is stock Jinja2; a test holds the bytes of both equal.
"""

import traceback
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context, Macro
from jinja2.utils import missing
from markupsafe import Markup, escape

try:
    from markupsafe._speedups import _escape_inner
except ImportError:  # no compiled MarkupSafe for this machine
    from markupsafe._native import _escape_inner

from storefront import locales
from storefront.pages.views import Sheet
from storefront.problems import Place, Problem, ProblemsFound
from storefront.theme import Theme


class Renderer:
    """Renders sheets with one theme."""

    def __init__(self, theme: Theme, *, tuned: bool = True) -> None:
        self._theme = theme
        kind = _TunedEnvironment if tuned else jinja2.Environment
        self._environment = kind(
            loader=jinja2.FileSystemLoader([str(layer / "templates") for layer in theme.layers]),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=False,
            auto_reload=False,
            cache_size=-1,
        )

    def render(self, sheet: Sheet) -> bytes:
        """The bytes of a page. Raises `ProblemsFound` naming template and line when the theme fails."""
        try:
            template = self._environment.get_template(sheet.template)
            text = template.render(
                page=sheet.page, chrome=sheet.chrome, view=sheet.view, t=locales.words(sheet.language)
            )
        except (jinja2.TemplateError, AttributeError, TypeError, ValueError, ZeroDivisionError) as error:
            raise ProblemsFound([self._failure(sheet, error)]) from error
        return text.encode()

    def _failure(self, sheet: Sheet, error: Exception) -> Problem:
        """A theme's mistake, placed in the template that made it."""
        file, line = sheet.template, 0
        if isinstance(error, jinja2.TemplateSyntaxError):
            file, line = error.name or file, error.lineno
        elif isinstance(error, jinja2.TemplateNotFound):
            return Problem("theme", f"the template {error.name} is missing", Place(f"{self._theme.name}/theme.yaml"))
        else:
            for frame in traceback.extract_tb(error.__traceback__):
                if frame.filename.endswith(".html"):
                    file, line = frame.filename, frame.lineno or 0
        message = f"{type(error).__name__}: {error}"
        hint = "docs/themes.md lists what each template receives."
        return Problem("theme", message, Place(self._shown(file), line, 1 if line else 0), hint)

    def _shown(self, file: str) -> str:
        for layer in self._theme.layers:
            if file.startswith(str(layer)):
                return f"themes/{layer.name}{file[len(str(layer)) :]}"
        return f"themes/{self._theme.name}/templates/{file}"


def _escape_other(value: Any) -> str:
    """What escape gives for anything but plain text, without a wrapper around plain values."""
    kind = value.__class__
    if kind is Markup:
        return value  # type: ignore[no-any-return]
    return str(value) if kind is int else escape(value)


class _TunedMacro(Macro):
    """A macro whose plain calls go straight to its function."""

    def direct(self, args: tuple[Any, ...], named: dict[str, Any]) -> Markup:
        absent = self.arguments[len(args) :]
        if absent:
            args = (*args, *[named.pop(name, missing) for name in absent])
        if named or len(args) != self._argument_count or self.caller:
            raise TypeError(f"macro {self.name!r} was not called as it is defined")
        return Markup(self._func(*args))  # noqa: S704  rendered by a template


def _call(context: Context, target: Any, *args: Any, **named: Any) -> Any:
    if target.__class__ is _TunedMacro:
        return target.direct(args, named)
    return context.call(target, *args, **named)


class _TunedGenerator(CodeGenerator):
    """Writes what stock Jinja2 writes, but for attributes, calls and the escaping of text."""

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        self.write("(")
        self.visit(node.node, frame)
        self.write(f").{node.attr}")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: FBT001, FBT002, N802
        if forward_caller:
            super().visit_Call(node, frame, forward_caller)
            return
        self.write("call(context, ")
        self.visit(node.node, frame)
        self.signature(node, frame)
        self.write(")")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("(escape_text(value) if (value := ")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_post(node, frame, finalize)
        else:
            self.write(").__class__ is str else escape_other(value))")


class _TunedTemplate(jinja2.Template):
    @classmethod
    def _from_namespace(cls, environment: Any, namespace: Any, globals: Any) -> Any:  # noqa: A002
        namespace |= {
            "call": _call,
            "escape_text": _escape_inner,
            "escape_other": _escape_other,
            "Macro": _TunedMacro,
        }
        return super()._from_namespace(environment, namespace, globals)


class _TunedEnvironment(jinja2.Environment):
    code_generator_class = _TunedGenerator
    template_class = _TunedTemplate
