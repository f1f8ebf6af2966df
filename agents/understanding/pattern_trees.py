"""Sentence patterns (`agents.understanding.patterns`) as trees: read, freed of ambiguity, turned into expressions.

A pattern says "any of these, as often as you like" in many places. Where two such groups stand side by side and share
words, or where one group holds "for me" beside "for" and "me", a regular expression would try every way of dividing a
text among them. So neighbours that may be missing become one group, and what the rest of its group says already is
left out: then a text can be read in few ways only, and a long one costs no more than its length.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

Need = frozenset[str]

_TOKEN: Final = re.compile(
    r"(?P<open>[\[(])|(?P<close>[\])])(?P<times>[*+]?)|(?P<bar>\|)|<(?P<catch>\w+)(?P<rest>\.\.\.)?>|"
    r"\{(?P<hole>\w+)\}|(?P<word>[^\s\[\]()|<>{}]+)"
)
_PLAIN: Final = re.compile(r"[^\\.^$*+?]+")
_PLURAL: Final = re.compile(r"(?P<stem>[^\\.^$*+?]+)(?P<last>[^\\.^$*+?])\?")  # "reminders?", "sept?"


@dataclass(frozen=True, slots=True)
class Word:
    """One word, which may be a regular expression for one."""

    text: str

    def forms(self) -> Need:
        """The plain words it stands for; empty where that cannot be told."""
        if match := _PLURAL.fullmatch(self.text):
            return frozenset((match["stem"], match["stem"] + match["last"]))
        return frozenset((self.text,)) if _PLAIN.fullmatch(self.text) else frozenset()


@dataclass(frozen=True, slots=True)
class BuiltIn:
    """Words that another module knows the expression of, with those one of which must stand there."""

    expression: str
    needs: Need


@dataclass(frozen=True, slots=True)
class Catch:
    """One to six words that are caught, or all that follow."""

    name: str
    is_rest: bool


@dataclass(frozen=True, slots=True)
class Group:
    """One of several sequences; it may be missing, or come again."""

    ways: tuple["Sequence_", ...]
    is_optional: bool
    is_repeated: bool


Node = Word | BuiltIn | Catch | Group
Sequence_ = tuple[Node, ...]
Holes = Callable[[str], Sequence_]  # what a hole stands for; raises KeyError for an unknown one


def tree(pattern: str, holes: Holes) -> Sequence_:
    """The pattern as a tree without ambiguity. Raises KeyError for an unknown hole, ValueError for lone brackets."""
    tokens = list(_TOKEN.finditer(pattern))
    ways, at = _ways(tokens, 0, holes)
    if at != len(tokens):
        raise ValueError(f"a bracket too many in {pattern!r}")
    return ways[0] if len(ways) == 1 else (Group(ways, is_optional=False, is_repeated=False),)


def expression(nodes: Sequence[Node], caught: set[str]) -> str:
    """The regular expression of a tree; every word carries the space behind it. `caught` are names used already."""
    return "".join(_expressed(node, caught) for node in nodes)


def needed(nodes: Sequence[Node]) -> tuple[Need, ...]:
    """Sets of words: whatever the tree matches holds a word of each."""
    return tuple(dict.fromkeys(need for node in nodes for need in _of_node(node) if need))


def _ways(tokens: Sequence[re.Match[str]], at: int, holes: Holes) -> tuple[tuple[Sequence_, ...], int]:
    """The alternatives from here to the end of their group, and where that is."""
    ways: list[list[Node]] = [[]]
    while at < len(tokens) and not tokens[at]["close"]:
        token = tokens[at]
        at += 1
        if token["bar"]:
            ways.append([])
        elif token["open"]:
            inner, at = _ways(tokens, at, holes)
            if at == len(tokens):
                raise ValueError("a bracket is not closed")
            ways[-1] += _group(inner, tokens[at]["close"], tokens[at]["times"])
            at += 1
        else:
            ways[-1] += _node(token, holes)
    return tuple(_merged(way) for way in ways), at


def _node(token: re.Match[str], holes: Holes) -> Sequence_:
    if token["catch"]:
        return (Catch(token["catch"], bool(token["rest"])),)
    return (Word(token["word"]),) if token["word"] else holes(token["hole"])


def _group(ways: tuple[Sequence_, ...], close: str, times: str) -> Sequence_:
    is_repeated = bool(times)
    is_optional = times == "*" or (close == "]" and times != "+")
    if len(ways) == 1 and not is_repeated and not is_optional:
        return ways[0]
    return (_tidy(ways, is_optional=is_optional, is_repeated=is_repeated),)


def _tidy(ways: Iterable[Sequence_], *, is_optional: bool, is_repeated: bool) -> Group:
    """The group without ways that say nothing new."""
    flat = tuple(dict.fromkeys(each for way in ways for each in _opened(way, is_repeated=is_repeated)))
    if any(not way for way in flat):
        is_optional, flat = True, tuple(way for way in flat if way)
    if is_repeated:
        flat = tuple(_without_repetition(flat))
    return Group(flat, is_optional, is_repeated)


def _opened(way: Sequence_, *, is_repeated: bool) -> Iterator[Sequence_]:
    """A way that is only a group itself is as many ways; one that may be missing only where it is repeated anyway."""
    inner = way[0] if len(way) == 1 else None
    if isinstance(inner, Group) and (is_repeated or not (inner.is_repeated or inner.is_optional)):
        if inner.is_optional:
            yield ()
        yield from inner.ways
    else:
        yield way


def _without_repetition(ways: tuple[Sequence_, ...]) -> Iterator[Sequence_]:
    """What cannot be said by saying other ways of the same repeated group one after the other."""
    single = {form for way in ways if len(way) == 1 and isinstance(way[0], Word) for form in way[0].forms()}
    for way in ways:
        words = [node for node in way if isinstance(node, Word)]
        is_said = len(way) > 1 and len(words) == len(way) and all(w.forms() and w.forms() <= single for w in words)
        if not is_said:
            yield way


def _merged(way: Sequence[Node]) -> Sequence_:
    """Neighbours that may be missing as one group, where one of them is repeated and nothing is caught in them."""
    merged: list[Node] = []
    for node in way:
        last = merged[-1] if merged else None
        if isinstance(last, Group) and isinstance(node, Group) and _are_one(last, node):
            merged[-1] = _tidy((*last.ways, *node.ways), is_optional=True, is_repeated=True)
        else:
            merged.append(node)
    return tuple(merged)


def _are_one(one: Group, other: Group) -> bool:
    is_loose = one.is_optional and other.is_optional and (one.is_repeated or other.is_repeated)
    return is_loose and not any(map(_catches, (*one.ways, *other.ways)))


def _catches(way: Sequence[Node]) -> bool:
    return any(isinstance(node, Catch) or (isinstance(node, Group) and any(map(_catches, node.ways))) for node in way)


def _expressed(node: Node, caught: set[str]) -> str:
    if isinstance(node, Word):
        return node.text + " "
    if isinstance(node, BuiltIn):
        return node.expression
    if isinstance(node, Catch):
        words = r"(?:\S+ )+" if node.is_rest else r"(?:\S+ ){1,6}?"
        is_new = node.name not in caught  # a name that stands twice catches at its first place only
        caught.add(node.name)
        return f"(?P<{node.name}>{words})" if is_new else words
    times = ("*" if node.is_optional else "+") if node.is_repeated else ("?" if node.is_optional else "")
    return f"(?:{'|'.join(expression(way, caught) for way in node.ways)}){times}"


def _of_node(node: Node) -> Sequence[Need]:
    if isinstance(node, Word):
        return (node.forms(),)
    if isinstance(node, BuiltIn):
        return (node.needs,)
    if isinstance(node, Catch) or node.is_optional:
        return ()
    if len(node.ways) == 1:
        return needed(node.ways[0])
    best = [min(needed(way), key=len, default=frozenset()) for way in node.ways]
    return (frozenset().union(*best),) if all(best) else ()
