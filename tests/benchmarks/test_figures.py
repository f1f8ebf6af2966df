"""The figures of a benchmark: a wrong percentile or verdict would mislead quietly."""

from tests.benchmarks.figures import Figure, flatness, percentile, table


def test_a_time_above_its_budget_is_over_and_one_at_its_budget_is_within():
    assert Figure("turn", 8.1, budget=8).verdict == "over"
    assert Figure("turn", 8.0, budget=8).verdict == "within"


def test_a_rate_below_its_budget_is_over():
    assert Figure("rate", 149, budget=150, bound="least").verdict == "over"
    assert Figure("rate", 150, budget=150, bound="least").verdict == "within"


def test_a_ratio_below_one_means_that_keel_is_cheaper_for_times_and_for_rates():
    assert Figure("turn", 5, baseline=10).ratio == 0.5
    assert Figure("rate", 200, bound="least", baseline=100).ratio == 0.5


def test_a_budget_in_baselines_is_judged_by_the_ratio_whatever_the_value():
    assert Figure("start", 1300, baseline=1000, ratio_budget=1.3).verdict == "within"
    assert Figure("start", 13, baseline=9, ratio_budget=1.3).verdict == "over"


def test_what_could_not_be_measured_says_so():
    assert Figure("idle", None, budget=1).verdict == "not measured"
    assert Figure("idle", None, budget=1).ratio is None


def test_the_99th_percentile_of_a_hundred_is_the_slowest_and_of_two_hundred_the_second_slowest():
    assert percentile(range(1, 101), 0.99) == 100
    assert percentile(range(1, 201), 0.99) == 199
    assert percentile([7.0], 0.5) == 7.0


def test_flatness_compares_the_medians_of_the_first_and_the_last_hundred():
    assert flatness([1.0] * 100 + [50.0] * 300 + [2.0] * 100) == 2.0
    assert flatness([1.0, 1.0, 3.0, 3.0]) == 3.0
    assert flatness([1.0]) is None


def test_the_table_holds_a_line_for_each_figure_under_its_head():
    lines = table([Figure("turn", 5, budget=8, baseline=10), Figure("rate", 20, unit="/s", digits=0)]).splitlines()
    assert [line.split() for line in lines] == [
        ["figure", "value", "budget", "baseline", "ratio"],
        ["turn", "5.0", "ms", "≤", "8", "10.0", "0.50", "within"],
        ["rate", "20", "/s"],
    ]
