from agents.domain.safety.patterns import compile_pattern, find

IDS: dict[str, int] = {}


def compiled(source):
    return list(compile_pattern("x", source, lambda slot: IDS.setdefault(slot, len(IDS))))


def matches(source, text, sentences=None):
    words = text.split()
    found = []
    for pattern in compiled(source):
        positions = {IDS[slot]: [i for i, w in enumerate(words) if w in slot.split("|")] for slot in IDS}
        found += [m.at for m in find(pattern, positions, sentences or [0] * len(words))]
    return sorted(found)


def test_neighbours_must_touch_without_a_gap():
    assert matches("chest pain", "chest pain") == [(0, 1)]
    assert matches("chest pain", "chest x pain") == []


def test_a_gap_allows_words_between():
    assert matches("chest ..2 pain", "chest x y pain") == [(0, 3)]
    assert matches("chest ..2 pain", "chest x y z pain") == []


def test_alternatives_and_nearest_start():
    assert matches("chest|heart ..3 pain", "chest heart pain pain") == [(1, 2), (1, 3)]


def test_any_order():
    assert matches("&1 a b", "b x a") == [(0, 2)]
    assert matches("&1 a b", "a x b") == [(0, 2)]


def test_a_barred_word_between_forbids_the_match():
    assert matches("chest ..4 hurts !legs", "chest and legs hurts") == []
    assert matches("chest ..4 hurts !legs", "chest and it hurts legs") == [(0, 3)]


def test_sentences_are_not_crossed():
    assert matches("chest ..2 pain", "chest pain", [0, 1]) == []


def test_a_match_knows_its_ends():
    pattern = compiled("a ..1 b")[0]
    match = next(iter(find(pattern, {IDS["a"]: [3], IDS["b"]: [5]}, [0] * 6)))
    assert (match.name, match.start, match.end) == ("x", 3, 5)
