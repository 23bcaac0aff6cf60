"""A page is HTML, one stylesheet and pictures: it needs no script and nobody else's host.

Every other test here watches the same; see `Watch`.
"""


def test_all_pictures_arrive(visit):
    page = visit("vanity-mara")
    pictures = "[...document.images].map(each => { each.loading = 'eager'; return each.decode(); })"
    assert page.evaluate(f"Promise.all({pictures}).then(all => all.length)") > 20


def test_pages_are_the_same_without_scripts(visit):
    places = "[...document.querySelectorAll('main *')].map(e => Math.round(e.getBoundingClientRect().top))"
    assert visit("post", java_script_enabled=False).evaluate(places) == visit("post").evaluate(places)


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
