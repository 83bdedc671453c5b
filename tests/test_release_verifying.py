"""`kg verify`: what is missing, changed or too much is found, and nothing outside of a release is read."""

import base64
import json
import os
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Kg
from modules import ROOT
from onrecord.errors import ConfigurationError, InputError, NotBuilt
from onrecord.release import signature, verification
from onrecord.release.manifest import NAME, SIGNATURE, FileEntry, Listed, describe_files, encoded
from onrecord.store.loading import digest_of

pytest.importorskip("cryptography", reason="signatures need the package cryptography")


def bundle(folder: Path) -> Path:
    """A folder with a manifest, as another program might make it."""
    (folder / "docs").mkdir(parents=True)
    (folder / "docs/one.json").write_text('{"id": 1}', encoding="utf-8")
    (folder / "README.md").write_text("read me", encoding="utf-8")
    (folder / NAME).write_bytes(encoded(Listed(describe_files(folder))))
    return folder


def keys(folder: Path) -> tuple[Path, Path]:
    """A private key and the public one, as PEM files."""
    from cryptography.hazmat.primitives import serialization as form
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    folder.mkdir(parents=True, exist_ok=True)
    key = Ed25519PrivateKey.generate()
    private, public = folder / "key.pem", folder / "public.pem"
    private.write_bytes(key.private_bytes(form.Encoding.PEM, form.PrivateFormat.PKCS8, form.NoEncryption()))
    public.write_bytes(key.public_key().public_bytes(form.Encoding.PEM, form.PublicFormat.SubjectPublicKeyInfo))
    return private, public


def codes(path: Path, public: bytes | None = None) -> dict[str, str]:
    """What is found, by file."""
    return {finding.place.file: finding.code for finding in verification.verify(path, public).findings}


def zipped(folder: Path, file: Path) -> Path:
    """A zip of a folder."""
    with zipfile.ZipFile(file, "w") as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                archive.write(path, path.relative_to(folder).as_posix())
    return file


def test_files_are_described_with_type_size_and_digest(tmp_path: Path) -> None:
    folder = bundle(tmp_path / "b")
    described = describe_files(folder)
    digest = digest_of(folder / "docs/one.json")
    assert list(described) == ["README.md", "docs/one.json"]
    assert described["docs/one.json"] == FileEntry(media_type="application/json", bytes=9, sha256=digest)
    listed = json.loads((folder / NAME).read_bytes())["files"]["docs/one.json"]
    assert listed == {"mediaType": "application/json", "bytes": 9, "sha256": digest}


def test_a_whole_folder_and_its_zip_are_whole(tmp_path: Path) -> None:
    folder = bundle(tmp_path / "b")
    for path in (folder, zipped(folder, tmp_path / "b.zip")):
        found = verification.verify(path)
        assert (found.findings, found.files, found.bytes, found.signer) == ([], 2, 16, "")


def _same_size(folder: Path) -> None:
    (folder / "README.md").write_text("read us", encoding="utf-8")


def _link_out(folder: Path) -> None:
    (folder / "README.md").unlink()
    (folder / "README.md").symlink_to("/etc/passwd")


def _folder_link(folder: Path) -> None:
    shutil.rmtree(folder / "docs")
    (folder / "docs").symlink_to("/etc")


def _pipe(folder: Path) -> None:
    (folder / "README.md").unlink()
    os.mkfifo(folder / "README.md")


DAMAGES: list[tuple[Callable[[Path], object], dict[str, str]]] = [
    (lambda folder: (folder / "README.md").unlink(), {"README.md": "missing"}),
    (lambda folder: os.truncate(folder / "README.md", 3), {"README.md": "changed"}),
    (_same_size, {"README.md": "changed"}),
    (lambda folder: (folder / "more.txt").write_text("x"), {"more.txt": "extra"}),
    (_link_out, {"README.md": "odd"}),
    (_folder_link, {"docs": "odd", "docs/one.json": "missing"}),
    (_pipe, {"README.md": "odd"}),
    (lambda folder: os.truncate(folder / NAME, 20), {NAME: "damaged"}),
    (lambda folder: (folder / NAME).write_text("[]"), {NAME: "damaged"}),
    (lambda folder: (folder / NAME).write_text("[" * 100_000), {NAME: "damaged"}),
    (lambda folder: (folder / NAME).write_text('{"files":{},"x":' + "[" * 100_000), {NAME: "damaged"}),
    (lambda folder: os.truncate(folder / NAME, 65 << 20), {NAME: "too-large"}),
]


@pytest.mark.parametrize(("damage", "found"), DAMAGES)
def test_what_is_damaged_is_told_by_file(
    damage: Callable[[Path], object], found: dict[str, str], tmp_path: Path
) -> None:
    folder = bundle(tmp_path / "b")
    damage(folder)
    assert codes(folder) == found


@pytest.mark.parametrize(
    "name", ["../outside.txt", "/etc/passwd", "docs/../../outside.txt", "./README.md", "a\\b", "a//b", "", "a\0b"]
)
def test_a_manifest_that_names_files_elsewhere_reads_none(name: str, tmp_path: Path) -> None:
    folder = bundle(tmp_path / "b")
    outside = tmp_path / "outside.txt"
    outside.write_text("secret", encoding="utf-8")
    entries = describe_files(folder) | {name: FileEntry(bytes=6, sha256=digest_of(outside))}
    (folder / NAME).write_bytes(encoded(Listed(entries)))
    assert codes(folder) == {name: "outside"}


def test_what_is_kept_for_questions_is_no_part_of_a_release(tmp_path: Path) -> None:
    folder = bundle(tmp_path / "b")
    for name in ("store/CURRENT", "names.msgpack", ".store.lock", ".store-12/x", ".store-12-old/x", ".names.msgpack.7"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("x", encoding="utf-8")
    assert codes(folder) == {}
    assert verification.verify(folder).unchecked == 6
    extra = ("stores/x", ".store-x/y", ".storeys", "docs/names.msgpack", ".hidden")
    for name in extra:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("x", encoding="utf-8")
    assert codes(folder) == dict.fromkeys(extra, "extra")


def test_a_store_that_came_with_a_release_is_said_to_be_unchecked(tmp_path: Path, kg: Kg) -> None:
    folder = bundle(tmp_path / "b")
    clean = kg("verify", folder)
    assert (clean.code, "not checked" in clean.err) == (0, False)
    (folder / "names.msgpack").write_text("x", encoding="utf-8")
    ran = kg("verify", folder)
    assert ran.code == 0
    assert "were not checked" in ran.err


def test_a_zip_may_hold_anything(tmp_path: Path) -> None:
    folder = bundle(tmp_path / "b")
    file = zipped(folder, tmp_path / "b.zip")
    link = zipfile.ZipInfo("link")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("../outside.txt", "x")
        archive.writestr(link, "/etc/passwd")
    assert codes(file) == {"../outside.txt": "odd", "link": "odd"}
    assert not (tmp_path / "outside.txt").exists()


def test_a_damaged_zip_is_told(tmp_path: Path) -> None:
    file = zipped(bundle(tmp_path / "b"), tmp_path / "b.zip")
    data = file.read_bytes()
    file.write_bytes(data.replace(b"read me", b"read us"))
    assert codes(file) == {"README.md": "damaged"}
    file.write_bytes(data[:-30])
    with pytest.raises(NotBuilt, match="neither a folder nor a zip"):
        verification.verify(file)


def test_what_is_no_release_is_told_with_3(dataset: Path, tmp_path: Path, kg: Kg) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "text").write_text("x", encoding="utf-8")
    for words in ([tmp_path / "empty"], [tmp_path / "text"], ["2026.1"], ["../d"], ["x" * 300], []):
        ran = kg("-C", dataset, "verify", *words)
        assert (ran.code, ran.out, ran.err.count("\n")) == (3, "", 1), words


# ── Signatures ────────────────────────────────────────────────────────────────────────────────────────────


def test_a_signature_is_checked_with_the_key_that_is_given(tmp_path: Path) -> None:
    folder = bundle(tmp_path / "b")
    (private, public), (_, other) = keys(tmp_path / "k"), keys(tmp_path / "other")
    mine, theirs = signature.public_key(public), signature.public_key(other)
    assert codes(folder, mine) == {SIGNATURE: "unsigned"}
    manifest = (folder / NAME).read_bytes()
    (folder / SIGNATURE).write_bytes(signature.sign(manifest, private))
    found = verification.verify(folder, mine)
    assert (found.findings, found.trusted, found.signer) == ([], True, signature.number_of(mine).hex())
    assert not verification.verify(folder).trusted
    assert codes(folder, theirs) == {SIGNATURE: "signature"}
    shutil.copy(other, folder / "public.pem")  # a key that lies beside the data is a file too many, and no more
    assert codes(folder, mine) == {"public.pem": "extra"}
    (folder / "public.pem").unlink()
    (folder / NAME).write_bytes(manifest + b"\n")
    assert codes(folder, mine) == {SIGNATURE: "signature"}


def test_a_signature_is_one_of_signify_and_raw_for_openssl(tmp_path: Path) -> None:
    private, public = keys(tmp_path)
    (tmp_path / NAME).write_bytes(b"{}\n")
    comment, written, end = signature.sign(b"{}\n", private).decode().split("\n")
    raw = base64.b64decode(written)
    key = signature.public_key(public)
    assert (raw[:2], raw[2:10], len(raw), end) == (b"Ed", signature.number_of(key), 74, "")
    assert comment == f"untrusted comment: Ed25519 signature of manifest.json by the key {raw[2:10].hex()}"
    signify = tmp_path / "key.pub"
    packed = base64.b64encode(b"Ed" + raw[2:10] + key).decode()
    signify.write_text(f"untrusted comment: the desk\n{packed}\n", encoding="utf-8")
    assert signature.public_key(signify) == key
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed")
    (tmp_path / "raw.sig").write_bytes(raw[10:])
    words = ["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", str(public), "-rawin"]
    command = [*words, "-in", str(tmp_path / NAME), "-sigfile", str(tmp_path / "raw.sig")]
    assert subprocess.run(command, check=False, capture_output=True, timeout=60).returncode == 0


@pytest.mark.parametrize(
    "text",
    ["", "x", "untrusted comment: x\n", "untrusted comment: x\n!!\n", "untrusted comment: x\nRWQ=\n", "x\nRWQ=\n"],
)
def test_what_is_no_signature_is_told(text: str, tmp_path: Path) -> None:
    folder = bundle(tmp_path / "b")
    (folder / SIGNATURE).write_text(text, encoding="utf-8")
    assert codes(folder) == {SIGNATURE: "signature"}
    with pytest.raises(InputError):
        signature.signer_of(text.encode())


def test_without_the_package_it_is_told_what_to_install(
    dataset: Path, tmp_path: Path, kg: Kg, monkeypatch: pytest.MonkeyPatch
) -> None:
    private, public = keys(tmp_path)
    monkeypatch.setattr("onrecord.release.signature.importlib.util.find_spec", lambda name: None)
    assert kg("-C", dataset, "build", "--release", "1").code == 0
    for words in (["build", "--release", "2", "--sign", private], ["verify", "--key", public]):
        ran = kg("-C", dataset, *words)
        assert (ran.code, "pip install 'onrecord[sign]'" in ran.err) == (3, True)
    assert kg("-C", dataset, "verify").code == 0


def test_what_is_no_key_is_told_before_anything_is_built(dataset: Path, tmp_path: Path, kg: Kg) -> None:
    private, public = keys(tmp_path)
    (tmp_path / "bad.pem").write_text("-----BEGIN PRIVATE KEY-----\nx\n", encoding="utf-8")
    for key in (tmp_path / "none.pem", tmp_path / "bad.pem", public):
        ran = kg("-C", dataset, "build", "--release", "1", "--sign", key)
        assert (ran.code, ran.out, ran.err.count("\n")) == (3, "", 1)
        assert not (dataset / "out/latest").exists()
    for key in (private, tmp_path / "bad.pem"):
        with pytest.raises(ConfigurationError):
            signature.public_key(key)


# ── What docs/releases.md tells people to do ──────────────────────────────────────────────────────────────


def shell(folder: Path, command: str) -> str:
    """What a command of the page prints, in a folder; the first word of it."""
    ran = subprocess.run(["sh", "-c", command], cwd=folder, check=True, capture_output=True, text=True, timeout=60)
    return ran.stdout.split()[0]


@pytest.mark.skipif(not all(map(shutil.which, ("sh", "sort", "sha256sum", "grep"))), reason="there are no coreutils")
def test_hashes_can_be_checked_without_our_program(dataset: Path, kg: Kg) -> None:
    page = (ROOT / "docs/releases.md").read_text(encoding="utf-8")
    assert kg("-C", dataset, "build", "--release", "1").code == 0
    folder = dataset / "out/releases/1"
    manifest = json.loads((folder / NAME).read_bytes())
    for command, root, expected in (
        ("LC_ALL=C sort -u dataset.nq | sha256sum", folder, manifest["files"]["dataset.nq"]["rdfc10"]),
        ("sha256sum ontology/*.ttl shapes/*.ttl | sha256sum", ROOT, manifest["vocabulary"]["sha256"]),
    ):
        assert command in page
        assert shell(root, command) == expected
    command = "grep -F ' <GRAPH> .' dataset.nq | sha256sum"
    assert command in page
    lines = [json.loads(line) for line in (folder / "graphs.ndjson").read_bytes().splitlines()]
    assert {shell(folder, command.replace("GRAPH", one["graph"])) == one["rdfc10"] for one in lines} == {True}


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")
def test_keys_and_signatures_work_with_openssl_alone(dataset: Path, tmp_path: Path, kg: Kg) -> None:
    page = (ROOT / "docs/releases.md").read_text(encoding="utf-8")
    made = [line.strip().split("   ")[0] for line in page.splitlines() if line.startswith("    openssl ")]
    for command in made[:2]:
        subprocess.run(["sh", "-c", command], cwd=tmp_path, check=True, capture_output=True, timeout=60)
    assert kg("-C", dataset, "build", "--release", "1", "--sign", tmp_path / "key.pem").code == 0
    for name in (NAME, SIGNATURE):
        shutil.copy(dataset / "out/releases/1" / name, tmp_path)
    (unpack,) = (line.strip() for line in page.splitlines() if line.startswith("    tail "))
    assert shell(tmp_path, f"{unpack} && {made[2]}") == "Signature"
    with (tmp_path / NAME).open("ab") as manifest:
        manifest.write(b" ")
    with pytest.raises(subprocess.CalledProcessError):
        shell(tmp_path, made[2])
    assert kg("-C", dataset, "verify", "1", "--key", tmp_path / "publisher.pem").code == 0
