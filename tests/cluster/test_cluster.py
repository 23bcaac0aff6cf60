"""Building on a cluster: the same bytes as on one machine, whoever dies meanwhile."""

import asyncio
import shutil
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from click.testing import CliRunner

from building import DEMO_NOW, build, bytes_of, edit, write
from checking import NOW
from storefront import executors
from storefront.build import build as make
from storefront.cli import group
from storefront.cluster import objects as cluster_objects
from storefront.cluster.scheduler import connected
from storefront.outcome import FOLDER, Options
from storefront.problems import EnvironmentFailure

pytest.importorskip("distributed")
pytest.importorskip("moto.server")
boto3 = pytest.importorskip("boto3")
pytestmark = pytest.mark.slow
KIT = "content/influencers/maya/lists/kit.yaml"


@pytest.fixture(autouse=True)
def _small_shards(monkeypatch):
    monkeypatch.setattr(executors, "SHARD", 2)


def run(cluster, root, output=None, *, now=NOW, progress=lambda *_: None, address=""):
    """Build on a cluster."""
    options = Options(root=root, output=output or root / "site", now=now, workers=1)
    with connected(cluster.address) as external:
        return make(options, progress, external=external, address=address)


def when_half_done(do):
    """Does something once, when half of the pages are made."""
    left = [do]

    def progress(stage, done, total):
        if stage == "Pages" and total and done >= total // 2 and left:
            left.pop()()

    return progress


def objects(bucket, below=""):
    """What lies in a bucket, by name."""
    client = boto3.client("s3")
    pages = client.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=below)
    names = [each["Key"] for page in pages for each in page.get("Contents", ())]
    with ThreadPoolExecutor(8) as pool:
        found = pool.map(lambda name: client.get_object(Bucket=bucket, Key=name)["Body"].read(), names)
        return {name.removeprefix(below): data for name, data in zip(names, found, strict=True)}


def upload(bucket, root, below):
    client = boto3.client("s3")
    for path in sorted(root.rglob("*")):
        if path.is_file():
            client.put_object(
                Bucket=bucket, Key=f"{below}{path.relative_to(root.parent).as_posix()}", Body=path.read_bytes()
            )


def certificate(folder):
    """A certificate that signs itself, and its key: the paths of the files that TLS wants."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "cluster")])
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(x509.random_serial_number())
    made = made.not_valid_before(NOW - timedelta(days=3650)).not_valid_after(NOW + timedelta(days=3650))
    signed = made.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM)
    (folder / "cert.pem").write_bytes(signed)
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "key.pem").write_bytes(secret)
    return {"ca": str(folder / "cert.pem"), "cert": str(folder / "cert.pem"), "key": str(folder / "key.pem")}


@pytest.fixture
def here(demo, tmp_path):
    """The demo, to be built."""
    shutil.copytree(demo.root / "content", tmp_path / "here/content")
    return tmp_path / "here"


def test_a_cluster_gives_the_same_bytes(cluster, here, demo):
    report = run(cluster, here, now=DEMO_NOW)
    assert report.rendered == report.pages
    assert bytes_of(here / "site") == bytes_of(demo.output)
    assert not [path.name for path in here.iterdir() if "next" in path.name]


def test_a_worker_that_is_killed_costs_its_shards_only(cluster, here, demo):
    dead = cluster.workers[0]
    run(cluster, here, now=DEMO_NOW, progress=when_half_done(dead.kill))
    assert dead.wait() == -9
    assert bytes_of(here / "site") == bytes_of(demo.output)


def test_a_result_stays_when_its_worker_dies_right_after_it_was_fetched(started, tmp_path, monkeypatch):
    from distributed import Client

    fetch = Client._gather

    async def fetch_before_it_dies(client, futures, *args, **options):
        result = await fetch(client, futures, *args, **options)
        lonely.workers[0].kill()
        while any(state.status == "finished" for state in client.futures.values()):  # noqa: ASYNC110  it tells nobody
            await asyncio.sleep(0.01)
        return result

    monkeypatch.setattr(Client, "_gather", fetch_before_it_dies)
    with started(tmp_path / "log", workers=1) as lonely, connected(lonely.address) as external:
        assert external.executor.submit(divmod, 7, 2).result(timeout=60) == (3, 1)


def test_an_edit_is_built_on_the_cluster_too(cluster, site, tmp_path):
    build(site)
    edit(site / KIT, "no smell", "no holes")
    assert 0 < run(cluster, site).rendered < 15
    assert run(cluster, site).rendered == 0
    shutil.copytree(site / "content", tmp_path / "clean/content")
    build(tmp_path / "clean")
    assert bytes_of(site / "site") == bytes_of(tmp_path / "clean/site")


def test_a_problem_is_told_as_on_one_machine(cluster, site):
    write(site, {"themes/editorial/templates/list.html": "\n{{ nope }}"})
    run = ["build", "--root", str(site), "--now", NOW.isoformat()]
    alone = CliRunner().invoke(group, run)
    result = CliRunner().invoke(group, [*run, "--cluster", cluster.address])
    assert (result.exit_code, result.output) == (1, alone.output)
    assert "themes/editorial/templates/list.html:2:1: theme" in result.output


def test_a_scheduler_that_is_lost_ends_the_build_and_the_old_site_stays(started, site, tmp_path):
    build(site)
    before = bytes_of(site / "site")
    write(site, {"themes/editorial/assets/base.css": "b{top:0}"})
    with started(tmp_path / "log", workers=1) as lost, pytest.raises(EnvironmentFailure, match="was lost"):
        run(lost, site, progress=when_half_done(lost.scheduler.kill))
    assert bytes_of(site / "site") == before
    build(site)  # what the worker went on to write is gone with it
    assert not [path.name for path in site.iterdir() if "next" in path.name]


def test_workers_that_are_all_lost_end_the_build(started, site, tmp_path, monkeypatch):
    monkeypatch.setattr(executors, "PATIENCE", 0.5)
    with started(tmp_path / "log", workers=1) as lonely:
        monkeypatch.setattr(connected.__wrapped__, "__defaults__", (None, 5))
        with pytest.raises(EnvironmentFailure, match="has no workers"):
            run(lonely, site, progress=when_half_done(lonely.workers[0].kill))
    assert not (site / "site").exists()


def test_a_cluster_can_be_asked_for_encryption(started, site, minimal, tmp_path):
    files = certificate(tmp_path)
    options = ["--tls-ca-file", files["ca"], "--tls-cert", files["cert"], "--tls-key", files["key"]]
    command = ["build", "--root", str(site), "--now", NOW.isoformat(), "--cluster"]
    given = ["--tls-ca", files["ca"], "--tls-cert", files["cert"], "--tls-key", files["key"]]
    with started(tmp_path / "log", *options, scheme="tls", workers=1) as secret:
        result = CliRunner().invoke(group, [*command, secret.address, *given])
        assert result.exit_code == 0, result.output
        assert bytes_of(site / "site") == bytes_of(minimal.output)
        monkey = CliRunner().invoke(group, [*command, secret.address])
        assert monkey.exit_code == 3
    assert CliRunner().invoke(group, [*command[:-1], *given]).exit_code == 2


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "http://127.0.0.1:1", "nonsense"])
def test_a_scheduler_that_is_not_there_is_told(site, monkeypatch, address):
    monkeypatch.setattr(connected.__wrapped__, "__defaults__", (None, 1))
    result = CliRunner().invoke(group, ["build", "--root", str(site), "--cluster", address])
    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr.startswith(f"storefront: no scheduler answers at {address}")
    assert not (site / "site").exists()


@pytest.mark.parametrize(("library", "option"), [("distributed", "--cluster=tcp://x:1"), ("fsspec", "--output=s3://x")])
def test_what_is_not_installed_is_named(site, monkeypatch, library, option):
    monkeypatch.setitem(sys.modules, library, None)
    result = CliRunner().invoke(group, ["build", "--root", str(site), option])
    assert result.exit_code == 3
    assert "pip install 'storefront[cluster]'" in result.stderr


# An object store


def test_content_comes_from_a_bucket_and_the_site_goes_into_one(cluster, bucket, site, minimal, tmp_path):
    upload(bucket, site / "content", "source/")
    boto3.client("s3").put_object(Bucket=bucket, Key="source/secret/notes.txt", Body=b"mine")
    (tmp_path / "away").mkdir()
    arguments = ["build", "--root", str(tmp_path / "away"), "--now", NOW.isoformat(), "--cluster", cluster.address]
    arguments += ["--source", f"s3://{bucket}/source", "--output", f"s3://{bucket}/public/site"]
    result = CliRunner().invoke(group, arguments)
    assert result.exit_code == 0, result.output
    assert objects(bucket, "public/") == {f"site/{name}": data for name, data in bytes_of(minimal.output).items()}
    assert not (tmp_path / "away/site").exists()
    assert not (tmp_path / "away/secret").exists()
    head = boto3.client("s3").head_object(Bucket=bucket, Key="public/site/maya/index.html")
    assert head["ContentType"] == "text/html; charset=utf-8"

    boto3.client("s3").put_object(
        Bucket=bucket, Key=f"source/{KIT}", Body=(site / KIT).read_bytes().replace(b"no smell", b"no holes")
    )
    result = CliRunner().invoke(group, arguments)
    assert result.exit_code == 0, result.output
    edit(site / KIT, "no smell", "no holes")
    build(site)
    assert objects(bucket, "public/site/") == bytes_of(site / "site")


def test_only_what_has_changed_is_written_to_a_bucket(cluster, bucket, site):
    address = f"s3://{bucket}"
    assert run(cluster, site, address=address).rendered == 28
    first = {
        each["Key"]: each["LastModified"] for each in boto3.client("s3").list_objects_v2(Bucket=bucket)["Contents"]
    }
    assert run(cluster, site, address=address).written == 0
    edit(site / KIT, "no smell", "no holes")
    client = boto3.client("s3")
    client.delete_object(Bucket=bucket, Key="404.html")
    client.put_object(Bucket=bucket, Key="sitemap.xml", Body=b"damaged")
    report = run(cluster, site, address=address)
    assert 1 < report.rendered < 15
    build(site)
    assert objects(bucket) == bytes_of(site / "site")
    assert len(first) == 1 + report.files

    shutil.rmtree(site / "content/influencers/maya/posts")
    assert run(cluster, site, address=address).removed > 0
    build(site)
    assert objects(bucket) == bytes_of(site / "site")


def test_what_lies_beside_the_site_lies_beside_it_in_a_bucket(bucket, site):
    edit(site / "content/site.yaml", "title:", "hosts: [nginx]\ntitle:")
    options = Options(root=site, output=site / "site", now=NOW, workers=2)
    build(site)
    make(options, address=f"s3://{bucket}/x")
    assert objects(bucket, "x.hosting/") == bytes_of(site / "site.hosting")
    edit(site / "content/site.yaml", "hosts: [nginx]\n", "")
    make(options, address=f"s3://{bucket}/x")
    assert objects(bucket, "x.hosting/") == {}


@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
def test_processes_of_one_machine_write_to_a_bucket_too(bucket, site, minimal, monkeypatch):
    monkeypatch.setattr(executors, "WORTH_A_POOL", 1)
    make(Options(root=site, output=site / "site", now=NOW, workers=2), address=f"s3://{bucket}")
    assert objects(bucket) == bytes_of(minimal.output)


def test_a_build_that_is_cut_off_while_it_copies_is_finished_by_the_next(bucket, site, monkeypatch):
    options, address = Options(root=site, output=site / "site", now=NOW, workers=1), f"s3://{bucket}"
    make(options, address=address)
    edit(site / KIT, "no smell", "no holes")
    copy = cluster_objects.Objects.copy

    def some(self, files, source):
        copy(self, files[:2], source)
        if len(files) > 2:
            raise OSError(5, "cut off", self.address)

    with monkeypatch.context() as patch:
        patch.setattr(cluster_objects.Objects, "copy", some)
        with pytest.raises(EnvironmentFailure, match="cut off"):
            make(options, address=address)
    shutil.rmtree(site / "content/influencers/maya/posts")
    make(options, address=address)
    build(site)
    assert objects(bucket) == bytes_of(site / "site")


def test_a_bucket_with_files_of_somebody_else_is_not_touched(bucket, site):
    boto3.client("s3").put_object(Bucket=bucket, Key="site/mine.txt", Body=b"mine")
    result = CliRunner().invoke(group, ["build", "--root", str(site), "--output", f"s3://{bucket}/site"])
    assert result.exit_code == 1
    assert "it holds mine.txt" in result.output
    assert objects(bucket) == {"site/mine.txt": b"mine"}


@pytest.mark.usefixtures("store")
def test_a_bucket_that_is_not_there_is_told(site):
    result = CliRunner().invoke(group, ["build", "--root", str(site), "--output", "s3://nowhere-to-be-found/site"])
    assert result.exit_code == 3
    assert result.stderr.startswith("storefront: ")
    assert "nowhere-to-be-found" in result.stderr


def test_a_worker_is_killed_while_it_writes_to_a_bucket(cluster, bucket, site, minimal):
    run(cluster, site, address=f"s3://{bucket}/x", progress=when_half_done(cluster.workers[1].kill))
    assert objects(bucket, "x/") == bytes_of(minimal.output)


def test_a_lost_scheduler_leaves_the_old_site_in_a_bucket(started, bucket, site, tmp_path):
    make(Options(root=site, output=site / "site", now=NOW, workers=1), address=f"s3://{bucket}/x")
    before = objects(bucket)
    write(site, {"themes/editorial/assets/base.css": "b{top:0}"})
    with started(tmp_path / "log", workers=1) as lost, pytest.raises(EnvironmentFailure, match="was lost"):
        run(lost, site, address=f"s3://{bucket}/x", progress=when_half_done(lost.scheduler.kill))
    there = objects(bucket)  # the worker may have gone on writing to where the next tree grew
    assert {name: data for name, data in there.items() if ".storefront.next" not in name} == before
    build(site)
    make(Options(root=site, output=site / "site", now=NOW, workers=1), address=f"s3://{bucket}/x")
    assert objects(bucket, "x/") == bytes_of(site / "site")


def test_a_folder_with_content_of_its_own_is_no_place_for_a_source(bucket, site):
    before = bytes_of(site)
    result = CliRunner().invoke(group, ["build", "--root", str(site), "--source", f"s3://{bucket}/source"])
    assert result.exit_code == 3
    assert "--source needs a folder without content" in result.stderr
    assert {name: data for name, data in bytes_of(site).items() if not name.startswith(FOLDER)} == before


def test_names_in_a_bucket_cannot_lead_out_of_the_folder(bucket, tmp_path):
    client = boto3.client("s3")
    for name in ("content/../../out.yaml", "content//site.yaml", "themes/./x", "content/a\\b"):
        client.put_object(Bucket=bucket, Key=f"s/{name}", Body=b"x")
    (tmp_path / "root").mkdir()
    result = CliRunner().invoke(group, ["build", "--root", str(tmp_path / "root"), "--source", f"s3://{bucket}/s"])
    assert result.exit_code == 1
    assert "no-content" in result.output
    assert {path.name for path in tmp_path.iterdir()} == {"root"}
