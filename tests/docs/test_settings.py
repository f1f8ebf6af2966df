"""The page about settings is what the code says."""

from tests.docs.settings import PAGE, page


def test_the_page_names_every_setting_as_the_code_does():
    assert PAGE.read_text(encoding="utf-8") == page(), "renew it: python -m tests.docs.settings --write"
