"""Rendering: sheets to bytes through a theme's templates. Stock Jinja2 semantics, autoescape on, strict undefined.

Four things are tuned, since pages are made of many small values: text is escaped by MarkupSafe's
C function without a wrapper around the result, an attribute of a view is read as an attribute where
stock Jinja2 asks the environment, a macro is a plain function, called by Python itself, and a block
is given out whole. `Renderer(theme, tuned=False)` is stock Jinja2; a test holds the bytes of both equal.
"""

import traceback
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import cached_property
from keyword import iskeyword
from types import FunctionType
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.filters import sync_do_first
from jinja2.runtime import Context, Macro
from jinja2.utils import missing
from markupsafe import escape

from storefront import locales
from storefront.compiled import Compiled
from storefront.escaping import escaped, safe
from storefront.pages.views import Sheet
from storefront.problems import Place, Problem, ProblemsFound
from storefront.theme import Theme


class Renderer:
    """Renders sheets with one theme; what is `compiled` already is not compiled again."""

    def __init__(self, theme: Theme, compiled: Compiled | None = None, *, tuned: bool = True) -> None:
        self._theme = theme
        self._tuned = _environment(_TunedEnvironment, theme, compiled) if tuned else None

    @cached_property
    def _stock(self) -> jinja2.Environment:
        return _environment(jinja2.Environment, self._theme)

    def prepare(self) -> None:
        """Compile every template now, so that forked workers share them; `render` reports what is wrong with one."""
        if self._tuned is not None:
            for name in self._tuned.list_templates(extensions=["html"]):
                with suppress(Exception):
                    self._tuned.get_template(name)

    def render(self, sheet: Sheet) -> bytes:
        """The bytes of a page. Raises `ProblemsFound` naming template and line when the theme fails.

        Where the tuned compiler fails, stock Jinja2 decides: it looks up more than attributes, and says what is wrong.
        """
        if self._tuned is not None:
            with suppress(Exception):
                return _rendered(self._tuned, sheet)
        try:
            return _rendered(self._stock, sheet)
        except MemoryError:
            raise
        except Exception as error:  # a template can raise whatever it likes; views are plain data and cannot
            raise ProblemsFound([self._failure(sheet, error)]) from error

    def _failure(self, sheet: Sheet, error: Exception) -> Problem:
        """A theme's mistake, placed in the template that made it."""
        file, line = sheet.template, 0
        for frame in traceback.extract_tb(error.__traceback__):
            if frame.filename.endswith(".html"):
                file, line = frame.filename, frame.lineno or 0
        message = f"{type(error).__name__}: {error}"
        if isinstance(error, jinja2.TemplateSyntaxError):
            file, line = error.filename or error.name or file, error.lineno
        elif isinstance(error, jinja2.TemplateNotFound):
            message = f"the template {error.name} is missing"
            file = file if line else f"{self._theme.layers[0]}/theme.yaml"
        hint = "docs/themes.md lists what each template receives."
        return Problem("theme", message, Place(self._shown(file), line, 1 if line else 0), hint)

    def _shown(self, file: str) -> str:
        for layer in self._theme.layers:
            if file.startswith(str(layer)):
                return f"themes/{layer.name}{file[len(str(layer)) :]}"
        return f"themes/{self._theme.name}/templates/{file}"


def _environment(kind: type[jinja2.Environment], theme: Theme, compiled: Compiled | None = None) -> jinja2.Environment:
    return kind(
        loader=jinja2.FileSystemLoader([str(layer / "templates") for layer in theme.layers]),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
        auto_reload=False,
        cache_size=-1,
        bytecode_cache=compiled,
    )


def _rendered(environment: jinja2.Environment, sheet: Sheet) -> bytes:
    template = environment.get_template(sheet.template)
    words = locales.words(sheet.language)
    return template.render(page=sheet.page, chrome=sheet.chrome, view=sheet.view, t=words).encode()


def _escape_other(value: Any) -> str:
    """What escape gives for anything but text and markup, without a wrapper around a number."""
    return str(value) if value.__class__ is int else escape(value)


def _macro(
    environment: jinja2.Environment, function: FunctionType, name: str, arguments: tuple[str, ...], *more: bool
) -> Callable[..., str]:
    """A macro as a function of the parameters it names; stock where it takes others too, or a closure keeps one."""
    code = function.__code__
    if any(more[:3]) or code.co_cellvars:
        return Macro(environment, function, name, list(arguments), *more)
    function.__code__ = code.replace(co_varnames=(*arguments, *code.co_varnames[len(arguments) :]))
    function.__defaults__ = (missing,) * len(arguments)
    return function


class _TunedGenerator(CodeGenerator):
    """Writes what stock Jinja2 writes, but for attributes, calls, the escaping of text, and blocks given whole."""

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        self.write("(")
        self.visit(node.node, frame)
        self.write(f").{node.attr}")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: FBT001, FBT002, N802
        if forward_caller or node.dyn_args or node.dyn_kwargs or any(iskeyword(named.key) for named in node.kwargs):
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for argument in node.args:
            self.visit(argument, frame)
            self.write(", ")
        for named in node.kwargs:
            self.visit(named, frame)
            self.write(", ")
        self.write(")")

    def blockvisit(self, nodes: Iterable[nodes.Node], frame: Frame) -> None:
        """A template's or a block's whole text is one step of its generator, where stock takes one for each piece."""
        if frame.buffer is not None:
            super().blockvisit(nodes, frame)
            return
        self.buffer(frame)
        super().blockvisit(nodes, frame)
        self.writeline(f"yield concat({frame.buffer})")
        frame.buffer = None

    def return_buffer_contents(self, frame: Frame, force_unescaped: bool = False) -> None:  # noqa: FBT001, FBT002
        if force_unescaped and not frame.eval_ctx.volatile and frame.eval_ctx.autoescape:  # the end of a macro
            self.writeline(f"return safe(concat({frame.buffer}))")
        else:
            super().return_buffer_contents(frame, force_unescaped)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("(escape_text(value) if (kind := (value := ")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_post(node, frame, finalize)
        else:
            self.write(").__class__) is str else value if kind is Markup else escape_other(value))")


class _TunedTemplate(jinja2.Template):
    @classmethod
    def _from_namespace(cls, environment: Any, namespace: Any, globals: Any) -> Any:  # noqa: A002
        namespace |= {
            "escape_text": escaped,
            "escape_other": _escape_other,
            "safe": safe,
            "Macro": _macro,
        }
        return super()._from_namespace(environment, namespace, globals)

    def _get_default_module(self, ctx: Context | None = None) -> Any:  # noqa: ARG002
        return super()._get_default_module()  # all templates have the same globals, so none has others to pass on


class _TunedEnvironment(jinja2.Environment):
    code_generator_class = _TunedGenerator
    template_class = _TunedTemplate

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.filters["first"] = sync_do_first  # stock asks each time whether it is asynchronous
