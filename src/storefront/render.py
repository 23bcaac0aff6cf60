"""Rendering: sheets to bytes through a theme's templates. Stock Jinja2 semantics, autoescape on, strict undefined.

Two things are tuned, each worth a factor on pages of many small values: text is escaped by
MarkupSafe's C function without a wrapper around the result, and an attribute of a view is read as an attribute,
where stock Jinja2 asks the environment. `Renderer(theme, tuned=False)` is stock Jinja2; a test holds
the bytes of both equal.
"""

import traceback
from typing import Any

import jinja2
from jinja2.compiler import CodeGenerator, Frame
from jinja2.nodes import Getattr
from markupsafe import Markup, _escape_inner, escape

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


def _escape_fast(value: Any) -> str:
    kind = value.__class__
    if kind is str:
        return _escape_inner(value)
    if kind is Markup:
        return value  # type: ignore[no-any-return]
    if kind is int:
        return str(value)
    return escape(value)


class _TunedGenerator(CodeGenerator):
    def visit_Getattr(self, node: Getattr, frame: Frame) -> None:  # noqa: N802
        self.write("(")
        self.visit(node.node, frame)
        self.write(f").{node.attr}")


class _TunedTemplate(jinja2.Template):
    @classmethod
    def _from_namespace(cls, environment: Any, namespace: Any, globals: Any) -> Any:  # noqa: A002
        namespace["escape"] = _escape_fast
        return super()._from_namespace(environment, namespace, globals)


class _TunedEnvironment(jinja2.Environment):
    code_generator_class = _TunedGenerator
    template_class = _TunedTemplate
