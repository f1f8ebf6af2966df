"""The alert rules name figures and labels that exist, and carry the thresholds of the onboarding design."""

import asyncio
import re
from pathlib import Path

import pytest
import yaml

from bot.allowance import Tariff
from bot.app import bootstrap
from bot.metrics import Metrics
from bot.metrics_standing import Measured
from bot.settings import Settings
from tests.support.metrics import values

DEPLOY = Path(__file__).parents[2] / "deploy"
RULES = [rule for group in yaml.safe_load((DEPLOY / "alerts.yml").read_text())["groups"] for rule in group["rules"]]


@pytest.fixture(scope="module")
def series(tmp_path_factory):
    """Every series that a process shows from its start."""
    folder = tmp_path_factory.mktemp("keel")

    async def shown():
        app = bootstrap(Settings(database=f"sqlite:///{folder / 'keel.sqlite3'}", data_dir=folder))
        page = await Measured(app, Metrics(Tariff({}, {}))).text()
        await app.close()
        return values(page)

    return asyncio.run(shown())


@pytest.mark.parametrize("rule", RULES, ids=[rule["alert"] for rule in RULES])
def test_a_rule_asks_for_what_is_shown_and_says_what_to_do(rule, series):
    names = {name.partition("{")[0] for name in series}
    asked = re.findall(r"\bkeel_\w+", rule["expr"])
    assert asked
    assert set(asked) <= names
    for name, label in re.findall(r"(keel_\w+)\{(\w+)", rule["expr"]):
        assert any(one.startswith(f"{name}{{") and f'{label}="' in one for one in series), (name, label)
    assert set(rule["annotations"]) == {"summary", "action"}
    assert rule["labels"]["severity"] in ("warning", "critical")
    assert re.fullmatch(r"\d+[mh]", rule["for"])


@pytest.mark.parametrize(("name", "threshold"), [
    ("KeelOnboardingStalls", "< 0.6"), ("KeelDatabaseSlow", "> 0.2"), ("KeelProfileUpdatesFail", "> 0.01"),
    ("KeelDiskFilling", "> 0.8"),
])  # fmt: skip
def test_the_thresholds_are_those_of_the_design(name, threshold):
    assert next(rule for rule in RULES if rule["alert"] == name)["expr"].strip().endswith(threshold)


def test_the_proxy_shows_neither_metrics_nor_readiness_to_the_outside():
    shown = re.findall(r"location (?:= )?(\S+) \{ ?(?:return (\d+))?", (DEPLOY / "nginx" / "keel.conf").read_text())
    assert {path for path, refused in shown if not refused} == {"/telegram/", "/healthz"}
    assert ("/", "404") in shown
