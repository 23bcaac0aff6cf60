"""The editor of `storefront cms`: the real Sveltia CMS reads its configuration, and what it saves is right.

The editor works with a folder that the browser hands to it (File System Access). Here it is the browser's own file
system, filled with a site before and read out afterwards: nobody can choose a folder for a browser without a screen.
"""

import base64
import hashlib
import json
import threading
from pathlib import Path

import pytest
from jsonschema import Draft7Validator

from building import edit
from checking import problems_of
from storefront import cms, formatting, records, scaffold
from storefront.changes import write
from storefront.cms.serving import server
from storefront.reader import parse

PACKAGE = Path(__file__).parents[1] / "hosts" / "node_modules" / "@sveltia" / "cms"
PICKER = "window.showDirectoryPicker = () => navigator.storage.getDirectory()"
FILL = """async (files) => {
  const root = await navigator.storage.getDirectory();
  await root.getDirectoryHandle('.git', {create: true});
  for (const [path, data] of Object.entries(files)) {
    const names = path.split('/'), name = names.pop();
    let folder = root;
    for (const each of names) folder = await folder.getDirectoryHandle(each, {create: true});
    const writer = await (await folder.getFileHandle(name, {create: true})).createWritable();
    await writer.write(Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0)));
    await writer.close();
  }
}"""
READ = """async () => {
  const found = {};
  const walk = async (folder, before) => {
    for await (const [name, handle] of folder.entries()) {
      if (handle.kind === 'directory') await walk(handle, before + name + '/');
      else if (name.endsWith('.yaml')) found[before + name] = await (await handle.getFile()).text();
    }
  };
  await walk(await navigator.storage.getDirectory(), '');
  return found;
}"""
SAYS = """async ([path, words]) => {
  const names = path.split('/'), name = names.pop();
  try {
    let folder = await navigator.storage.getDirectory();
    for (const each of names) folder = await folder.getDirectoryHandle(each);
    return (await (await (await folder.getFileHandle(name)).getFile()).text()).includes(words);
  } catch { return false; }
}"""
HOME = "content/influencers/sam"
# Each kind of record: where its form is, its file, and the key that is changed.
FORMS = {
    "list": ("sam-lists/entries/buy-again", f"{HOME}/lists/buy-again.yaml", "title"),
    "post": ("sam-posts/entries/kitchen-morning", f"{HOME}/posts/kitchen-morning.yaml", "title"),
    "review": ("sam-reviews/entries/stovetop-kettle", f"{HOME}/reviews/stovetop-kettle.yaml", "title"),
    "profile": ("sam-profile/entries/profile", f"{HOME}/profile.yaml", "tagline"),
    "product": ("products/entries/reading-lamp", "content/products/reading-lamp.yaml", "title"),
    "brand": ("brands/entries/hearth-and-lane", "content/brands/hearth-and-lane.yaml", "name"),
    "merchant": ("merchants/entries/corner-store", "content/merchants/corner-store.yaml", "name"),
    "site": ("_singletons/entries/site", "content/site.yaml", "title"),
}
MORE = """affiliate:
  awin: {publisher: "0123456"}
promos:
  SAM10:
    merchant: corner-store
    percent_off: 10
"""
WORDS = "Changed: 012 & “more”"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The starter, with keys that the forms have no fields for."""
    root = tmp_path_factory.mktemp("edited") / "site"
    scaffold.new(root)
    profile = root / HOME / "profile.yaml"
    profile.write_text(f"{profile.read_text()}\n{MORE}")
    edit(root / "content/site.yaml", "theme: editorial", "theme: {name: editorial, tokens: {radius: 6px}}")
    edit(root / "content/products/reading-lamp.yaml", "brand:", "mpn: 0012\nx-mine: kept\nbrand:")
    write(root, formatting.formatted(root, ()).changes)
    assert problems_of(root) == []
    return root


@pytest.fixture(scope="module")
def editor(browser, site):
    """The editor with the site open in it, and what it was before; nothing but its own file comes from elsewhere."""
    script = PACKAGE / "dist" / "sveltia-cms.js"
    if not script.is_file():
        pytest.skip("the packages of tests/hosts/package.json are not there (.ci/servers installs them)")
    release = cms.release()
    files = cms.files(cms.config(records.load(site).curation, cms.Backend(repository="sam/shelf")))
    before = {
        str(path.relative_to(site)): path.read_bytes() for path in (site / "content").rglob("*") if path.is_file()
    }
    faults = []

    def answer(route):
        url = route.request.url
        if url == release.address:
            cors = {"Access-Control-Allow-Origin": "*"}
            route.fulfill(body=script.read_bytes(), content_type="text/javascript", headers=cors)
        elif url.startswith("http://127.0.0.1:"):
            route.continue_()
        else:
            route.abort()  # fonts, and whether a newer version is there

    running = server(files, 0)
    threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.add_init_script(PICKER)
    page.route("**/*", answer)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(f"http://127.0.0.1:{running.server_address[1]}/admin/")
    page.evaluate(FILL, {name: base64.b64encode(data).decode() for name, data in before.items()})
    page.get_by_text("Work with Local Repository").click()
    page.get_by_text("Merchants").first.wait_for()
    yield page
    context.close()
    running.shutdown()
    running.server_close()
    assert faults == []


def address(page):
    return page.url.partition("#")[0]


def save(page, file, words):
    """Save, and wait until the file says it and the editor has gone back to the list of records by itself."""
    page.get_by_role("button", name="Save").first.click()
    page.wait_for_function(SAYS, arg=[file, words])
    page.wait_for_function("!location.hash.includes('/entries/') && !location.hash.endsWith('/new')", timeout=8000)


@pytest.fixture(scope="module")
def saved(editor, site):
    """The site after one key of each kind of record was changed, and a brand was added."""
    for form, file, key in FORMS.values():
        editor.goto(f"{address(editor)}#/collections/{form}")
        box = editor.locator(f'section[data-key-path="{key}"]').locator("input, textarea").first
        box.fill(WORDS)
        save(editor, file, "012 &")
    editor.goto(f"{address(editor)}#/collections/brands/new")
    editor.locator('section[data-key-path="name"] input').first.fill("Tern & Clay")
    save(editor, "content/brands/tern-clay.yaml", "Tern & Clay")
    after = editor.evaluate(READ)
    before = {name: (site / name).read_text() for name in after if (site / name).exists()}
    for name, text in after.items():
        (site / name).write_text(text)
    return before, after


def test_the_page_has_the_version_that_is_tested_and_its_digest():
    """A browser would refuse another file; without the package this cannot be told."""
    manifest = PACKAGE / "package.json"
    if not manifest.is_file():
        pytest.skip("the packages of tests/hosts/package.json are not there")
    assert json.loads(manifest.read_text())["version"] == cms.release().version
    assert f"@{cms.release().version}/" in cms.release().address
    digest = hashlib.sha384((PACKAGE / "dist" / "sveltia-cms.js").read_bytes()).digest()
    assert cms.release().integrity == f"sha384-{base64.b64encode(digest).decode()}"


def test_the_editors_own_schema_takes_the_configuration(site):
    if not PACKAGE.is_dir():
        pytest.skip("the packages of tests/hosts/package.json are not there")
    schema = json.loads((PACKAGE / "schema" / "sveltia-cms.json").read_text())
    made = json.loads(cms.config(records.load(site).curation, cms.Backend(repository="sam/shelf")))
    assert [each.message for each in Draft7Validator(schema).iter_errors(made)] == []


def said(value):
    """What data mean: one relationship is a list of one, and 0.50 is 0.5."""
    match value:
        case dict():
            return {
                key: [inner] if key == "relationship" and isinstance(inner, str) else said(inner)
                for key, inner in value.items()
            }
        case list():
            return [said(inner) for inner in value]
        case str() if value.replace(".", "", 1).isdigit() and "." in value:
            return value.rstrip("0").rstrip(".")
    return value


@pytest.mark.parametrize("kind", FORMS)
def test_what_is_saved_says_what_was_changed_and_all_else_as_before(saved, kind):
    _, file, key = FORMS[kind]
    before, after = (parse(texts[file], file) for texts in saved)
    assert after[key] == WORDS
    assert said(after) == said(before | {key: WORDS})


def test_a_new_record_has_a_file_named_after_it(saved):
    assert parse(saved[1]["content/brands/tern-clay.yaml"], "") == {"name": "Tern & Clay"}


def test_no_other_file_is_touched(saved):
    before, after = saved
    changed = {name for name, text in after.items() if before.get(name) != text}
    assert changed == {file for _, file, _ in FORMS.values()} | {"content/brands/tern-clay.yaml"}


def test_the_site_is_right_afterwards(saved, site):
    assert saved
    assert problems_of(site) == []
