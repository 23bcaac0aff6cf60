"""A small site with squads, a call, thanks and snippets: two runners who may be named, and one who may not."""

from pathlib import Path

from building import copy_of_minimal, edit, write

MAYA, IDA, OLA = (f"content/influencers/{handle}" for handle in ("maya", "ida", "ola"))
PROFILE = f"{MAYA}/profile.yaml"
SQUAD, CALL, BRAND = "content/squads/runners.yaml", "content/calls/testers.yaml", "content/brands/fjell.yaml"
TEE_OF_IDA = (
    "lists: {kit: {title: Ida's kit, items: [{product: merino-tee, note: Two sizes up, relationship: gifted}]}}\n"
)
FILES = {
    f"{IDA}.yaml": 'name: Ida Berg\nlocation: {city: Bergen, country: "NO"}\nsharing: {recognition: public}\n'
    "profiles: [{network: instagram, url: https://www.instagram.com/idaberg-runs/}]\n" + TEE_OF_IDA,
    f"{OLA}.yaml": "name: Ola Moen\nlists: {kit: {title: Ola's kit, items: "
    "[{product: merino-tee, relationship: purchased}]}}\n",
    SQUAD: 'name: Dawn Runners\ncity: Trondheim\ncountry: "NO"\nsteward: The running club\nabout: They run *early*.\n'
    "members: [maya, ida, ola]\nsize: {min: 5, max: 20}\nlists:\n  bag:\n    title: In every bag\n    items:\n"
    "      - {member: ida, product: merino-tee}\n      - {member: ola, product: merino-tee}\n",
    CALL: "title: Three people who sweat\nbrand: fjell\ntext: Wear it, and say *what is wrong*.\ncloses: 2026-12-15\n"
    "offered: [{kind: product, text: The shirt}]\nurl: https://forms.example/sweat\n",
    BRAND: 'name: Fjell\ncountry: "NO"\nthanks:\n  - {to: ida, what: Found the loose seam, date: 2026-10-01}\n'
    "  - {to: ola, what: Drew the seam that is loose, date: 2026-10-02}\n",
}
SNIPPETS = """\
snippets:
  - id: cold
    kind: quote
    product: merino-tee
    date: 2026-11-02
    text: Warm when wet, which no cotton is.
    relationship: gifted
    rights: {holder: Maya Lind, channels: [site, brand], until: 2026-11-30, credit: Maya of the canal, proof: Mail 77}
"""


def site_at(root: Path) -> Path:
    """The site, laid out below `root`."""
    site = write(copy_of_minimal(root), FILES)
    (site / PROFILE).write_text((site / PROFILE).read_text() + SNIPPETS)
    edit(site / "content/site.yaml", "title:", "embeds: true\ntitle:")
    return site
