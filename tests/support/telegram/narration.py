"""What a call changed on a person's screen, told as an event (story.py)."""

from typing import Any

from tests.support.telegram.entities import cut
from tests.support.telegram.facts import Facts
from tests.support.telegram.faults import Call
from tests.support.telegram.story import Event
from tests.support.telegram.world import Room, Sent, World


def narrate(world: World, facts: Facts, call: Call, result: Any) -> None:
    """Add to the story of the chat."""
    if call.method == "answerCallbackQuery" and call.data.get("text"):
        chat_id, words, is_alert = facts.toasts[-1]
        _note(world, world.room(chat_id), f"{'alert' if is_alert else 'toast'}: {words}")
    room = world.rooms.get(call.chat_id or 0)
    if room is None:
        return
    for body in result if isinstance(result, list) else [result]:
        if isinstance(body, dict) and body.get("message_id") in room.messages:
            sent = room.messages[body["message_id"]]
            room.story.append(_event(world, sent, is_edit=call.method.startswith("edit")))
    if call.method.startswith("deleteMessage"):
        _note(world, room, "a message is deleted")
    if call.method == "setMessageReaction" and room.reactions[int(call.data["message_id"])]:
        _note(world, room, f"Keel reacts {room.reactions[int(call.data['message_id'])][0]['emoji']}")


def readable(sent: Sent) -> list[str]:
    """Its words as a terminal can show them: links with their address, spoilers covered."""
    if sent.lines:
        return sent.lines
    text = sent.text
    entities = sent.body.get("entities") or sent.body.get("caption_entities") or []
    for entity in sorted(entities, key=lambda one: -one["offset"]):
        words = cut(text, entity["offset"], entity["length"])
        begin = len(text.encode("utf-16-le")[: entity["offset"] * 2].decode("utf-16-le"))
        shown = {"text_link": f"{words} ({entity.get('url')})", "spoiler": "▒" * len(words)}.get(entity["type"], words)
        text = text[:begin] + shown + text[begin + len(words) :]
    return text.split("\n") if text else []


def _event(world: World, sent: Sent, *, is_edit: bool) -> Event:
    thing = [f"[{sent.kind}{': ' + sent.file.name if sent.file and sent.file.name else ''}]"] if sent.file else []
    marks = ["edited"] * is_edit + ["silent"] * sent.is_silent + ["protected"] * sent.is_protected
    rows = tuple(tuple(key["text"] for key in row) for row in [*sent.buttons, *_keys(sent)])
    words = _changed(sent, readable(sent)) if is_edit else readable(sent)
    return Event(world.clock.wall(), "bot", (*thing, *words), rows, ", ".join(marks))


def _changed(sent: Sent, lines: list[str]) -> list[str]:
    """The lines of an edit, without the beginning that stayed as it was."""
    before = sent.history[-1].split("\n") if sent.history else []
    same = next((n for n, (old, new) in enumerate(zip(before, lines, strict=False)) if old != new), len(before))
    return [lines[0], "⋮", *lines[same:]] if 2 < same <= len(lines) else lines


def _keys(sent: Sent) -> list[list[dict[str, Any]]]:
    rows: list[list[dict[str, Any]]] = (sent.markup or {}).get("keyboard", [])
    return rows


def _note(world: World, room: Room, words: str) -> None:
    room.story.append(Event(world.clock.wall(), "note", (words,)))
