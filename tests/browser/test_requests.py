"""A page is HTML, one stylesheet and pictures: it needs no script and nobody else's host.

Every other test here watches the same; see `Watch`.
"""

from browser.conftest import PHONE, Watch, lent


def test_all_pictures_arrive(visit):
    page = visit("vanity-mara")
    pictures = "[...document.images].map(each => { each.loading = 'eager'; return each.decode(); })"
    assert page.evaluate(f"Promise.all({pictures}).then(all => all.length)") > 20


def test_pages_are_the_same_without_scripts(visit):
    places = "[...document.querySelectorAll('main *')].map(e => Math.round(e.getBoundingClientRect().top))"
    assert visit("brand", java_script_enabled=False).evaluate(places) == visit("brand").evaluate(places)


def test_an_old_address_leads_on(visit):
    page = visit("/mara-ellison/")
    page.wait_for_url("**/mara/")
    assert page.locator("h1").inner_text().split() == ["Mara", "Ellison"]


def test_the_watch_sees_what_is_wrong(visit, watch):
    page = visit("404")
    page.evaluate(
        """() => Promise.allSettled(['https://elsewhere.example/pixel.gif', '/missing.gif'].map(src => {
            const image = new Image(); image.src = src; return image.decode();
        }))"""
    )
    page.evaluate("document.querySelector('main').setAttribute('style', 'color: red')")
    page.evaluate("fetch('/data.json').catch(() => 0)")
    page.wait_for_timeout(50)
    seen, watch.faults = "\n".join(watch.faults), []
    for fault in ("elsewhere.example", "404: ", "missing.gif", "a fetch", "style"):
        assert fault in seen


def test_what_a_test_does_to_the_tab_the_next_one_does_not_find(tab, address):
    """Nor do faults of one count for the other."""
    found = """() => [innerWidth, document.querySelectorAll(':hover').length, matchMedia('print').matches,
        ...['color-scheme: dark', 'reduced-motion: reduce'].map(name => matchMedia(`(prefers-${name})`).matches),
        matchMedia('(forced-colors: active)').matches, history.state, window.left ?? null]"""
    told = {"color_scheme": "dark", "reduced_motion": "reduce", "forced_colors": "active"}
    first, second = Watch(), Watch()
    with lent(tab, {"width": 360, "height": 640}, told, first, address) as page:
        page.goto(f"{address}/")
        page.locator("h1").hover()
        page.emulate_media(media="print")
        page.evaluate("async () => { history.replaceState(1, ''); window.left = 1; await fetch('/data.json') }")
        width, hovered, *rest = page.evaluate(found)
        assert (width, *rest) == (360, True, True, True, True, 1, 1)
        assert hovered > 0
    faults = [*first.faults]
    assert faults
    with lent(tab, PHONE, {}, second, address) as page:
        page.goto(f"{address}/")
        assert page.evaluate(found) == [PHONE["width"], 0, False, False, False, False, None, None]
        assert second.faults == []
        page.evaluate("async () => { await fetch('/data.json') }")
    assert second.faults
    assert first.faults == faults
