"""The examples for operators are read by the programs that they are for."""

import re
import shutil
import subprocess
from pathlib import Path

import click
import pytest

from onrecord.cli.serve import command

EXAMPLES = Path(__file__).resolve().parents[1] / "docs" / "examples" / "serve"
PAGE = EXAMPLES.parents[1] / "serving.md"


def _variables() -> set[str]:
    return {f"KG_SERVE_{name[2:].replace('-', '_').upper()}" for each in command.params for name in each.opts}


@pytest.mark.parametrize("file", sorted(EXAMPLES.iterdir()), ids=lambda file: file.name)
def test_what_is_set_in_the_environment_is_an_option(file: Path) -> None:
    named = set(re.findall(r"KG_SERVE_[A-Z_]+", file.read_text()))
    assert named <= _variables()
    assert f"examples/serve/{file.name}" in PAGE.read_text()


def test_the_page_tells_every_option_and_its_default() -> None:
    rows = re.findall(r"^\| (`--.*?) \| .*? \|(.*?)\|$", PAGE.read_text(), re.MULTILINE)
    told = {name: default for names, default in rows for name in re.findall(r"`(--[a-z-]+)", names)}
    options = [each for each in command.params if isinstance(each, click.Option)]
    assert set(told) == {each.opts[0] for each in options}
    for each in options:
        if each.show_default:
            assert str(each.default).removesuffix(".0") in told[each.opts[0]]


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd-analyze")
def test_the_unit_is_one_for_systemd(tmp_path: Path) -> None:
    unit = tmp_path / "kg-serve.service"
    unit.write_text((EXAMPLES / "kg-serve.service").read_text().replace("/opt/onrecord/bin/kg", "/bin/true"))
    ran = subprocess.run(["systemd-analyze", "verify", str(unit)], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout + ran.stderr) == (0, "")


@pytest.mark.skipif(
    shutil.which("nginx") is None or shutil.which("openssl") is None, reason="there is no nginx, or no openssl"
)
def test_the_configuration_is_one_for_nginx(tmp_path: Path) -> None:
    subprocess.run(
        [
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-subj",
            "/CN=kg.example.org",
            "-keyout",
            str(tmp_path / "key"),
            "-out",
            str(tmp_path / "certificate"),
        ],
        check=True,
        capture_output=True,
    )
    site = (EXAMPLES / "nginx.conf").read_text()
    for name, path in (("/etc/ssl/kg.example.org.pem", "certificate"), ("/etc/ssl/private/kg.example.org.key", "key")):
        assert name in site
        site = site.replace(name, str(tmp_path / path))
    site = site.replace("listen 443", "listen 127.0.0.1:18443").replace("listen 80", "listen 127.0.0.1:18080")
    temporary = "".join(
        f"{kind}_temp_path {tmp_path}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    whole = (
        f"pid {tmp_path}/pid; error_log {tmp_path}/errors; events {{}} http {{ access_log off; {temporary}\n{site} }}"
    )
    (tmp_path / "nginx.conf").write_text(whole)
    ran = subprocess.run(
        ["nginx", "-t", "-c", str(tmp_path / "nginx.conf")], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    assert "warn" not in ran.stderr
