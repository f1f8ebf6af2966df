"""`keel admin`: invitations are made, listed and revoked; what is wrong is one sentence."""

import asyncio
import re

import pytest

from bot.__main__ import main
from bot.app import bootstrap
from bot.settings import load_settings
from storage import people
from storage.people import Contact
from tests.support.blank import laid


@pytest.fixture
def keel(monkeypatch, tmp_path, capsys):
    """`keel admin …` in this process: its exit code, what it printed, what it complained of."""
    monkeypatch.setenv("KEEL_DATABASE", f"sqlite:///{laid(tmp_path / 'keel.db')}")

    def run(*arguments):
        monkeypatch.setattr("sys.argv", ["keel", "admin", *arguments])
        code = 0
        try:
            main()
        except SystemExit as done:
            code = int(done.code or 0)
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def test_an_invitation_is_a_link_that_is_shown_once(keel):
    code, out, _ = keel("invite", "--uses", "3", "--days", "7", "--label", "spring fair", "--consultation")
    assert code == 0
    key = re.search(r"https://t\.me/\S.*\?start=(inv_[\w-]+)", out)[1]
    code, out, _ = keel("invites")
    assert (code, key in out) == (0, False)
    assert re.fullmatch(r"\w{26}  open    0 of 3 used, until .* UTC, opens consultation  spring fair\n", out)


def test_none_is_said_to_be_none(keel):
    assert keel("invites") == (0, "No invitations yet: keel admin invite makes one.\n", "")


def test_one_is_revoked_by_its_number_once(keel):
    keel("invite", "--days", "0")
    number = keel("invites")[1].split()[0]
    assert keel("revoke", number.lower()) == (0, "Revoked.\n", "")
    assert "revoked 0 of 1 used, without an end" in keel("invites")[1]
    assert keel("revoke", number)[0] == 2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("invite", "--uses", "0"), "--uses takes"), (("invite", "--days", "-1"), "--days 0 to"),
        (("invite", "--label", "x" * 81), "80 characters"), (("invite", "--for", "77"), "nobody with this number"),
        (("revoke", "nonsense"), "no number of an invitation"), (("revoke", "0" * 26), "could be revoked"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_one_sentence(keel, arguments, words):
    code, out, err = keel(*arguments)
    assert (code, out) == (2, "")
    assert words in err
    assert len(err.splitlines()) == 1


def test_one_can_be_for_a_person_who_is_known(keel, tmp_path):
    keel("invites")

    async def meet():
        app = bootstrap(load_settings({}, database=f"sqlite:///{tmp_path / 'keel.db'}"))
        await app.database.run_write(lambda s: people.create(s, app.ring, Contact("telegram", "77"), app.clock()))
        await app.close()

    asyncio.run(meet())
    assert keel("invite", "--for", "77")[0] == 0
