"""A webhook has both halves or none, and what cannot work is said by name before anything starts."""

import pytest

from bot.settings import SettingsError, load_settings

URL, SECRET = "https://keel.example.org", "hook_secret-1"


def test_without_a_webhook_nothing_is_served() -> None:
    settings = load_settings({})
    assert (settings.telegram_webhook_url, settings.serving_port, settings.web_host) == ("", None, "127.0.0.1")


def test_a_webhook_is_served_on_8080_unless_told_otherwise() -> None:
    hook = {"telegram_webhook_url": URL, "telegram_webhook_secret": SECRET}
    assert load_settings({}, **hook).serving_port == 8080
    assert load_settings({}, **hook, web_port=9000).serving_port == 9000
    assert load_settings({}, web_port=9000).serving_port == 9000, "for the health checks alone"


def test_a_webhook_without_its_secret_is_refused_by_name() -> None:
    with pytest.raises(SettingsError, match="KEEL_TELEGRAM_WEBHOOK_SECRET"):
        load_settings({}, telegram_webhook_url=URL)


def test_a_secret_without_a_webhook_is_refused_by_name() -> None:
    with pytest.raises(SettingsError, match="KEEL_TELEGRAM_WEBHOOK_URL"):
        load_settings({}, telegram_webhook_secret=SECRET)


@pytest.mark.parametrize("secret", ["", "two words", "ü", "x" * 257, "a/b"])
def test_a_secret_that_telegram_would_not_send_is_refused(secret: str) -> None:
    with pytest.raises(SettingsError, match="KEEL_TELEGRAM_WEBHOOK_SECRET"):
        load_settings({}, telegram_webhook_url=URL, telegram_webhook_secret=secret)


@pytest.mark.parametrize(
    "url", ["http://keel.example.org", "keel.example.org", "https://", "https://a.b/?x=1", "ftp://a"]
)
def test_an_address_that_telegram_would_not_call_is_refused(url: str) -> None:
    with pytest.raises(SettingsError, match="KEEL_TELEGRAM_WEBHOOK_URL"):
        load_settings({}, telegram_webhook_url=url, telegram_webhook_secret=SECRET)


@pytest.mark.parametrize("port", [0, 70_000])
def test_a_port_that_is_none_is_refused(port: int) -> None:
    with pytest.raises(SettingsError, match="KEEL_WEB_PORT"):
        load_settings({}, web_port=port)


def test_the_secret_may_come_from_a_file_and_is_masked(tmp_path) -> None:  # type: ignore[no-untyped-def]
    file = tmp_path / "secret"
    file.write_text(f"{SECRET}\n")
    settings = load_settings({"KEEL_TELEGRAM_WEBHOOK_SECRET_FILE": str(file)}, telegram_webhook_url=URL)
    assert settings.telegram_webhook_secret is not None
    assert settings.telegram_webhook_secret.get_secret_value() == SECRET
    assert SECRET not in repr(settings)
