"""The house keeps its shape: imports go down the floors, never in a circle; modules and functions stay short."""

import ast
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "storefront"
MAX_MODULE_LINES = 400
MAX_FUNCTION_LINES = 60

# Every room and its floor; a package stands for all its modules. A module may import from its own floor and below.
FLOORS = {
    "": 0,  # the package itself, which holds the version
    "cachefile": 0,
    "collector": 0,
    "colours": 0,
    "digests": 0,
    "engine": 0,
    "escaping": 0,
    "forks": 0,
    "ics": 0,
    "outcome": 0,
    "private": 0,
    "problems": 0,
    "slugs": 0,
    "spool": 0,
    "sums": 0,
    "wordforms": 0,
    "changes": 1,
    "content": 1,
    "faults": 1,
    "reader": 1,
    "remembered": 1,
    "state": 1,
    "store": 1,
    "trees": 1,
    "clock": 2,
    "disclosure": 2,
    "editing": 2,
    "images": 2,
    "links": 2,
    "locales": 2,
    "logs": 2,
    "markdown": 2,
    "money": 2,
    "palette": 2,
    "previews": 2,
    "records": 2,
    "schema": 2,
    "theme": 2,
    "vocabulary": 2,
    "catalog": 3,
    "pages": 4,
    "audit": 5,
    "build": 5,
    "cluster": 5,
    "compiled": 5,
    "edits": 5,
    "executors": 5,
    "gather": 5,
    "nearby": 2,
    "hosting": 5,
    "keys": 5,
    "live": 5,
    "media": 5,
    "outputs": 5,
    "pipeline": 5,
    "publish": 5,
    "render": 5,
    "shards": 5,
    "sitewide": 5,
    "spare": 5,
    "unchanged": 5,
    "verify": 5,
    "why": 5,
    "admitting": 6,
    "against": 6,
    "audiences": 6,
    "ci": 6,
    "cms": 6,
    "deploy": 6,
    "due": 6,
    "exporters": 6,
    "figures": 6,
    "formatting": 6,
    "importers": 6,
    "leaks": 6,
    "linkcheck": 6,
    "published": 6,
    "report": 6,
    "roster": 6,
    "scaffold": 6,
    "sealing": 6,
    "serving": 6,
    "starting": 6,
    "styleguide": 6,
    "__main__": 7,
    "cli": 7,
}


def name_of(path: Path) -> str:
    """A module's name inside the package: "catalog.join"; "" is the package itself."""
    parts = path.relative_to(SOURCE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


FILES = {name_of(path): path for path in sorted(SOURCE.rglob("*.py"))}
each_module = pytest.mark.parametrize("module", FILES, ids=lambda name: name or "storefront")


@cache
def tree_of(module: str) -> ast.Module:
    return ast.parse(FILES[module].read_text())


def statements(node: ast.AST) -> Iterator[ast.AST]:
    """All nodes but those that only a type checker sees."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
            for other in child.orelse:
                yield from statements(other)
        else:
            yield child
            yield from statements(child)


@cache
def imports_of(module: str) -> frozenset[str]:
    """The modules of the package that a module imports, inside functions too."""
    found = set()
    for node in statements(tree_of(module)):
        if isinstance(node, ast.Import):
            found |= {known(alias.name, None) for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{FILES[module]}:{node.lineno}: write imports in full, from storefront"
            found |= {known(node.module or "", alias.name) for alias in node.names}
    return frozenset(name for name in found if name is not None)


def known(module: str, name: str | None) -> str | None:
    """The module of ours that an import names; None for another's."""
    if module != "storefront" and not module.startswith("storefront."):
        return None
    inside = module.removeprefix("storefront").removeprefix(".")
    whole = f"{inside}.{name}".removeprefix(".")
    return whole if whole in FILES else inside


def floor_of(module: str) -> int | None:
    return FLOORS.get(module.partition(".")[0])


@each_module
def test_every_module_has_a_floor(module):
    room = module.partition(".")[0]
    assert floor_of(module) is not None, f"{room} is not in FLOORS: add a line that says which floor it stands on"


@each_module
def test_imports_go_down(module):
    upward = [other for other in imports_of(module) if (floor_of(other) or 0) > (floor_of(module) or 0)]
    assert not upward, f"{module} (floor {floor_of(module)}) imports from a floor above: {upward}"


def test_no_floor_has_an_empty_room():
    assert FLOORS.keys() == {module.partition(".")[0] for module in FILES}


def test_no_import_goes_in_a_circle():
    graph = {module: imports_of(module) - {module} for module in FILES}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(f"these import each other: {' -> '.join(error.args[1])}")


@each_module
def test_no_module_is_long(module):
    lines = len(FILES[module].read_text().splitlines())
    assert lines <= MAX_MODULE_LINES, f"{module} has {lines} lines; divide it"


@each_module
def test_no_function_is_long(module):
    long = [
        f"{node.name} has {node.end_lineno - node.lineno + 1} lines"
        for node in ast.walk(tree_of(module))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno - node.lineno + 1 > MAX_FUNCTION_LINES
    ]
    assert not long, f"in {module}: {', '.join(long)}"


@each_module
def test_only_the_command_line_prints(module):
    if floor_of(module) == FLOORS["cli"]:
        return
    printing = [
        f"{ast.unparse(node)} in line {node.lineno}"
        for node in ast.walk(tree_of(module))
        if isinstance(node, ast.Name | ast.Attribute)
        and ast.unparse(node) in {"print", "click.echo", "click.secho", "sys.stdout", "sys.stderr", "rich.print"}
    ]
    assert not printing, f"only cli may print; {module} has {', '.join(printing)}"


def test_no_room_is_called_utils():
    assert not {"utils", "util", "helpers", "misc"} & {part for module in FILES for part in module.split(".")}
