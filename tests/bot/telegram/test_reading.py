"""Telegram's updates as values of our own, and through the inbox and back."""

from datetime import UTC, datetime, timedelta

import pytest

from agents.domain.turn import Attachment
from bot.spoken import Spoken
from bot.telegram.heard import Heard, Sender
from bot.telegram.reading import read

SENT = datetime(2026, 11, 21, 13, 0, tzinfo=UTC)
USER = {"id": 7, "is_bot": False, "first_name": "Ann", "language_code": "pt-br"}
PRIVATE, GROUP = {"id": 7, "type": "private"}, {"id": -5, "type": "group", "title": "Friends"}
FILE = {"file_id": "f", "file_unique_id": "u"}
SIZE = {**FILE, "height": 9}
PLACE = {"latitude": 52.5, "longitude": 13.4}


def heard(**update):
    return read({"update_id": 1, **update})


def said(**fields):
    plain = {"message_id": 9, "date": int(SENT.timestamp()), "chat": PRIVATE, "from": USER, **fields}
    return heard(message=plain)


def test_a_text_with_its_sender_and_date():
    assert said(text="hello") == Heard(
        1,
        "message",
        Sender(7, is_private=True, name="Ann", language_code="pt-br"),
        Spoken("hello", message_id=9),
        sent_at=SENT,
    )


def test_a_contact_is_known_by_its_chat_and_lives_in_utc_until_told():
    contact = said(text="hello").sender.contact()
    assert (contact.channel, contact.external_id, contact.name) == ("telegram", "7", "Ann")
    assert (contact.language_code, contact.locale, contact.zone) == ("pt-br", "pt-br", "UTC")


@pytest.mark.parametrize("odd", ["x" * 40, "de_DE!", "", None])
def test_a_language_code_that_is_none_is_not_taken(odd):
    assert said(text="hi", **{"from": {**USER, "language_code": odd}}).sender.contact().locale == "en"


def test_forwarded_words_are_marked_as_such():
    origin = {"type": "hidden_user", "date": 1, "sender_user_name": "somebody"}
    assert said(text="eat only grapes", forward_origin=origin).spoken.is_forwarded


@pytest.mark.parametrize(
    ("fields", "attachment"),
    [
        (
            {"photo": [{**SIZE, "width": 9, "file_size": 5}, {**SIZE, "width": 99, "file_size": 70}]},
            Attachment("photo", 70, "", "image/jpeg", source="f"),
        ),
        (
            {"voice": {**FILE, "duration": 3, "file_size": 9, "mime_type": "audio/ogg"}},
            Attachment("voice", 9, "", "audio/ogg", source="f", seconds=3),
        ),
        ({"audio": {**FILE, "duration": 3}}, Attachment("voice", 0, "", "", source="f", seconds=3)),
        (
            {"video": {**FILE, "duration": 3, "width": 1, "height": 1, "file_size": 9}},
            Attachment("document", 9, source="f", seconds=3),
        ),
        ({"document": {**FILE, "file_size": 20_000_000}}, Attachment("document", 20_000_000, source="f")),
        ({"document": {**FILE, "file_size": 20_000_001}}, Attachment("document", 20_000_001, "too_large", source="f")),
        ({"document": {**FILE, "file_size": 0}}, Attachment("document", 0, "empty", source="f")),
        (
            {"document": {**FILE, "file_size": 9, "mime_type": "application/x-7z-compressed"}},
            Attachment("document", 9, "archive", "application/x-7z-compressed", source="f"),
        ),
        (
            {"document": {**FILE, "file_size": 9, "file_name": "Photos.TAR.GZ"}},
            Attachment("document", 9, "archive", source="f"),
        ),
        (
            {"document": {**FILE, "file_size": 9, "mime_type": "image/png"}},
            Attachment("photo", 9, "", "image/png", source="f"),
        ),
        ({"location": PLACE}, Attachment("location", latitude=52.5, longitude=13.4)),
        (
            {"location": PLACE, "venue": {"location": PLACE, "title": "Gym", "address": "Street 1"}},
            Attachment("other"),
        ),
    ],
)  # fmt: skip
def test_a_file_is_what_telegram_says_about_it(fields, attachment):
    assert said(**fields).spoken == Spoken(attachment=attachment, message_id=9)


def test_a_caption_is_heard_with_its_picture():
    photo = [{**FILE, "width": 9, "height": 9}]
    spoken = said(photo=photo, caption="my chest hurts").spoken
    assert (spoken.text, spoken.attachment.kind) == ("my chest hurts", "photo")


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        (
            {"sticker": {**SIZE, "width": 1, "type": "regular", "is_animated": False, "is_video": False}},
            "sticker",
        ),
        ({"contact": {"phone_number": "1", "first_name": "Bo"}}, "contact"),
        ({"dice": {"emoji": "🎲", "value": 3}}, "other"),
        ({"game": {"title": "g", "description": "d", "photo": []}}, "other"),
    ],
)
def test_what_holds_no_words_is_named_by_its_kind(fields, kind):
    assert said(**fields).spoken == Spoken(attachment=Attachment(kind), message_id=9)


def test_words_are_heard_without_what_could_hide_or_turn_them():
    assert said(text="\u202eabc\u202c x\u0001").spoken.text == "abc x"


def test_a_group_is_told_apart():
    found = said(text="hi", chat=GROUP)
    assert (found.kind, found.sender.chat_id, found.sender.is_private) == ("group", -5, False)


def test_a_tap_carries_its_data_and_the_message_it_is_on():
    query = {"id": "q", "from": USER, "chat_instance": "1", "data": "onb:consent:yes"}
    found = heard(callback_query={**query, "message": {"message_id": 5, "date": 0, "chat": PRIVATE}})
    assert (found.spoken, found.sent_at) == (Spoken(tap="onb:consent:yes", tapped=5), None)
    assert heard(callback_query={**query, "inline_message_id": "i"}).spoken is None
    assert heard(callback_query={**query, "message": {"message_id": 5, "date": 0, "chat": GROUP}}).spoken is None


@pytest.mark.parametrize(("status", "state"), [("kicked", "blocked"), ("member", "active")])
def test_blocking_and_letting_in_again(status, state):
    bot = {"id": 42, "is_bot": True, "first_name": "Keel"}
    new = {"user": bot, "status": status, **({"until_date": 0} if status == "kicked" else {})}
    change = {"chat": PRIVATE, "from": USER, "date": 1, "old_chat_member": {"user": bot, "status": "member"}}
    assert heard(my_chat_member={**change, "new_chat_member": new}).membership == state
    in_group = heard(my_chat_member={**change, "chat": GROUP, "new_chat_member": new})
    assert (in_group.kind, in_group.membership) == ("group", None)


def test_an_edit_counts_when_its_message_was_sent_and_only_with_words():
    sent = int(SENT.timestamp())
    edited = {"message_id": 9, "date": sent, "edit_date": sent + 600, "chat": PRIVATE, "from": USER}
    found = heard(edited_message={**edited, "text": "82 kg"})
    assert (found.spoken, found.sent_at) == (Spoken("82 kg", message_id=9, is_edit=True), SENT)
    assert heard(edited_message={**edited, "location": PLACE}).spoken is None


def test_an_update_of_a_kind_we_do_not_know_is_empty():
    assert heard(poll_of_the_future={}) == Heard(1, "unknown")


@pytest.mark.parametrize("broken", [{"message": {"text": "hi"}}, {"message": 5}, {"callback_query": {"id": 1}}])
def test_an_update_that_cannot_be_read_says_so(broken):
    with pytest.raises(ValueError, match="validation error"):
        heard(**broken)


def test_the_parts_of_an_album_are_one_message():
    photo = [{**SIZE, "width": 9}]
    first, second = said(photo=photo), said(photo=photo, caption="lunch")
    picture = first.spoken.attachment
    assert first.together((second, second)).spoken == Spoken(
        "lunch", attachment=picture, more=(picture, picture), message_id=9
    )
    assert first.together(()) == first


@pytest.mark.parametrize(("minutes_later", "minutes_back"), [(0, 0), (2, 0), (3, 3), (600, 600), (-5, 0)])
def test_only_what_was_long_under_way_counts_at_its_own_date(minutes_later, minutes_back):
    now = SENT + timedelta(minutes=minutes_later)
    assert said(text="just ate").moment(now) == now - timedelta(minutes=minutes_back)
