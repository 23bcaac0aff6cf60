"""The shelf: every card once, whole, and the same bytes however many draw."""

import pytest

from storefront.previews import Card, file_name
from storefront.previews.shelf import draw_one, fill, missing

PICTURES = {"red.jpg": b"", "": b""}


def cards(look, count: int) -> dict[str, Card]:
    made = [Card(name=f"thing-{number}", title=f"Thing {number}", stars=number % 50) for number in range(count)]
    return {file_name(card, look): card for card in made}


def test_many_that_draw_make_what_one_makes(tmp_path, look):
    wanted = cards(look, 60)
    assert sum(fill(tmp_path / "one", wanted, look, PICTURES.get, 1)) == 60
    assert sum(fill(tmp_path / "two", wanted, look, PICTURES.get, 2)) == 60
    folders = (tmp_path / "one", tmp_path / "two")
    alone, together = ({path.name: path.read_bytes() for path in folder.iterdir()} for folder in folders)
    assert alone == together
    assert alone.keys() == wanted.keys()
    assert missing(tmp_path / "two", wanted) == {}


def test_only_what_is_missing_is_named(tmp_path, look):
    wanted = cards(look, 3)
    first = next(iter(wanted))
    draw_one(tmp_path, first, wanted[first], look, PICTURES.get)
    assert missing(tmp_path, wanted).keys() == wanted.keys() - {first}
    (tmp_path / first).write_bytes(b"")
    assert missing(tmp_path, wanted).keys() == wanted.keys()


def test_what_is_there_is_not_drawn_again(tmp_path, look):
    [(name, card)] = cards(look, 1).items()
    (tmp_path / name).write_bytes(b"drawn before")
    assert draw_one(tmp_path, name, card, look, PICTURES.get) == b"drawn before"


def test_a_picture_that_is_gone_is_an_error_and_leaves_nothing(tmp_path, look):
    card = Card(name="thing", title="Thing", picture="gone.jpg")

    def gone(name: str) -> bytes:
        raise FileNotFoundError(2, "No such file", name)

    with pytest.raises(FileNotFoundError):
        draw_one(tmp_path / "shelf", file_name(card, look), card, look, gone)
    assert not (tmp_path / "shelf").exists()
