from agents.domain.safety.patterns import Match, Pattern, Positions, compile_pattern, find

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


def test_a_pattern_is_compiled_into_slots_gaps_and_a_bar():
    ids = {"a": 0, "b": 1, "c|d": 2, "e": 3}
    assert list(compile_pattern("x", "a ..3 b c|d !e", ids.__getitem__)) == [Pattern("x", (0, 1, 2), (3, 0), 3)]
    assert list(compile_pattern("x", "a", ids.__getitem__)) == [Pattern("x", (0,), ())]
    assert list(compile_pattern("x", "a ..12 b", ids.__getitem__)) == [Pattern("x", (0, 1), (12,))]
    assert list(compile_pattern("x", "a ..2 b ..1 e", ids.__getitem__)) == [Pattern("x", (0, 1, 3), (2, 1))]


def test_any_order_is_every_order_with_the_same_gap():
    ids = {"a": 0, "b": 1, "e": 3}
    compiled = list(compile_pattern("x", "&12 a b !e", ids.__getitem__))
    assert compiled == [Pattern("x", (0, 1), (12,), 3), Pattern("x", (1, 0), (12,), 3)]
    three = list(compile_pattern("x", "&2 a b e", ids.__getitem__))
    assert len({pattern.slots for pattern in three}) == 6
    assert {pattern.gaps for pattern in three} == {(2, 2)}


def test_the_gap_behind_a_phrase_is_wider_by_its_further_words():
    ids = {"a": 0, "b": 1, "e": 3}
    lengths = {0: 3, 1: 2, 3: 1}
    assert [p.gaps for p in compile_pattern("x", "a ..1 b e", ids.__getitem__, lengths.__getitem__)] == [(3, 1)]
    ordered = {p.slots: p.gaps for p in compile_pattern("x", "&1 a b", ids.__getitem__, lengths.__getitem__)}
    assert ordered == {(0, 1): (3,), (1, 0): (2,)}


def test_a_pattern_needs_each_of_its_classes():
    assert Pattern("x", (4, 7, 4), (0, 0)).needed == {4, 7}


def test_positions_are_listed_for_each_class_and_empty_for_others():
    positions = Positions([frozenset({1}), frozenset({1, 2}), frozenset()])
    assert positions.present == {1, 2}
    assert (positions[1], positions[2], positions[3]) == ([0, 1], [1], [])
    assert dict(positions) == {1: [0, 1], 2: [1], 3: []}


def test_the_nearest_beginning_is_taken_and_one_match_told_for_each_end():
    found = find(Pattern("x", (0, 1), (5,)), {0: [0, 2, 6], 1: [3, 4, 5]}, [0] * 7)
    assert list(found) == [Match("x", (2, 3)), Match("x", (2, 4)), Match("x", (2, 5))]


def test_what_stands_before_every_beginning_or_in_another_sentence_is_passed_over():
    pattern = Pattern("x", (0, 1), (1,))
    assert list(find(pattern, {0: [2], 1: [0, 1, 3, 4, 5]}, [0] * 6)) == [Match("x", (2, 3)), Match("x", (2, 4))]
    assert list(find(pattern, {0: [0, 3], 1: [1, 4]}, [0, 1, 1, 1, 1])) == [Match("x", (3, 4))]
    assert list(find(pattern, {0: [1], 1: [1]}, [0] * 2)) == []


def test_three_slots_are_joined_in_turn_and_a_broken_chain_ends_at_once():
    pattern = Pattern("x", (0, 1, 2), (0, 1))
    assert list(find(pattern, {0: [0], 1: [1], 2: [3]}, [0] * 4)) == [Match("x", (0, 1, 3))]
    assert list(find(pattern, {0: [0], 1: [2], 2: [3]}, [0] * 4)) == []


def test_a_barred_word_counts_up_to_the_last_slot():
    pattern = Pattern("x", (0, 1, 2), (3, 3), 9)
    for barred in (1, 3, 4):
        assert list(find(pattern, {0: [0], 1: [2], 2: [5], 9: [barred]}, [0] * 6)) == []


def test_only_a_barred_word_strictly_between_the_ends_forbids():
    pattern = Pattern("x", (0, 1), (3,), 9)
    for barred, is_found in (([0], True), ([3], True), ([1], False), ([2], False), ([4], True), ([0, 2], False)):
        assert bool(list(find(pattern, {0: [0], 1: [3], 9: barred}, [0] * 5))) is is_found
