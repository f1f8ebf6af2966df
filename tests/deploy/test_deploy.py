"""The samples in deploy/ name settings, commands and files that exist, and give nothing more rights than it needs."""

import re
import shlex
from pathlib import Path

import psycopg
import pytest
import yaml
from sqlalchemy import make_url
from typer.testing import CliRunner

from bot.__main__ import cli
from bot.settings import _SECRET_FILES, Settings
from storage import schema
from tests.support import postgres

DEPLOY = Path(__file__).parents[2] / "deploy"
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
OURS = {name: service for name, service in COMPOSE["services"].items() if service.get("image") == "keel"}
KNOWN = {f"KEEL_{name.upper()}" for name in Settings.model_fields} | {
    f"KEEL_{name.upper()}_FILE" for name in _SECRET_FILES
}


@pytest.mark.parametrize("file", ["compose.yaml", "Dockerfile", "keel.service"])
def test_every_setting_that_a_sample_sets_exists(file):
    named = set(re.findall(r"\bKEEL_[A-Z_]+\b", (DEPLOY / file).read_text()))
    assert named
    assert named <= KNOWN | {"KEEL_HOST"}  # the last is the sample's own


def test_every_command_that_a_container_runs_exists():
    commands = [service["command"] for service in OURS.values()] + [["doctor", "--health"]]
    for name, *options in commands:
        shown = CliRunner().invoke(cli, [name, "--help"], env={"COLUMNS": "200"}).output
        assert all(option in shown for option in options if option.startswith("--")), (name, options)
    assert {command[-1] for command in commands if command[:2] == ["run", "--role"]} == {"web", "worker", "deliver"}


def test_our_containers_have_no_root_and_cannot_write_but_where_they_must():
    assert "USER 10001" in (DEPLOY / "Dockerfile").read_text()
    for name, service in OURS.items():
        assert service["read_only"], name
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert not service.get("ports"), name


def test_only_nginx_is_reached_from_outside_and_the_database_is_on_no_outer_network():
    assert [name for name, service in COMPOSE["services"].items() if service.get("ports")] == ["nginx"]
    assert COMPOSE["services"]["postgres"]["networks"] == ["inside"]
    assert COMPOSE["networks"]["inside"]["internal"] is True


def test_every_secret_and_every_mounted_file_is_there_or_explained():
    text = (DEPLOY / "compose.yaml").read_text()
    for name, secret in COMPOSE["secrets"].items():
        assert secret["file"] == f"./secrets/{name}"
        assert text.count(name) >= 3, f"{name} is used and its making is explained"
    mounts = [volume.split(":")[0] for service in COMPOSE["services"].values() for volume in service.get("volumes", [])]
    for mount in mounts:
        assert mount == "./tls" or not mount.startswith("./") or (DEPLOY / mount).exists(), mount


def test_the_image_is_built_from_what_the_lock_pins():
    lines = (DEPLOY / "requirements.lock").read_text().splitlines()
    pins = {line.split(" ")[0] for line in lines if "==" in line}
    assert pins <= {line.split(" ")[0] for line in (DEPLOY.parent / "requirements.lock").read_text().splitlines()}
    assert {pin.split("==")[0] for pin in pins} >= {"psycopg", "fastapi", "uvicorn", "aiogram", "setuptools"}
    assert not {pin.split("==")[0] for pin in pins} & {"pytest", "mypy", "hypothesis", "mutmut"}


def test_the_samples_login_is_no_superuser_and_row_security_stands():
    if postgres.is_switched_off():
        pytest.skip(f"{postgres.OFF_VARIABLE}=1")
    script = (DEPLOY / "postgres" / "10-keel.sh").read_text()
    statements = script.split("<<'SQL'\n")[1].split("\nSQL")[0].replace(":'password'", "'geheim'")
    ours = statements.replace("ROLE keel LOGIN", "ROLE keel_sample LOGIN").replace(
        "keel OWNER keel", "keel_s OWNER keel_sample"
    )
    ours = ours.replace("DATABASE keel FROM", "DATABASE keel_s FROM")
    admin = make_url(postgres.server_url())
    with psycopg.connect(postgres.server_url(), autocommit=True) as connection:
        for statement in ours.split(";\n"):
            if "NOLOGIN" in statement and _has_role(connection, shlex.split(statement)[2]):
                continue
            connection.execute(statement.rstrip(";"))
    login = {"username": "keel_sample", "password": "geheim", "database": "keel_s"}
    url = admin.set(**login).render_as_string(hide_password=False)
    try:
        schema.prepare(url)
        with psycopg.connect(url) as connection:
            assert connection.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone() == (
                False,
            )
            policies = connection.execute("SELECT count(*) FROM pg_policies").fetchone()
            assert policies is not None
            assert policies[0] > 100
    finally:
        with psycopg.connect(postgres.server_url(), autocommit=True) as connection:
            connection.execute("DROP DATABASE keel_s WITH (FORCE)")
            connection.execute("DROP ROLE keel_sample")


def _has_role(connection: "psycopg.Connection[tuple[object, ...]]", name: str) -> bool:
    return connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (name,)).fetchone() is not None
