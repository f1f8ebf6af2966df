# What can be seen: pictures, their words, the weekly report, achievements.

see-months = Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec
see-weekdays = Mon Tue Wed Thu Fri Sat Sun
see-day = { $day } { $month }
see-day-year = { $day } { $year }

see-weight-title = Weight
see-weight-dots = Weigh-in
see-weight-trend = Trend
see-weight-band = Usual swing
see-weight-goal = Goal
see-weight-count = { $count ->
    [one] One weigh-in, on { $until }.
   *[other] { $count } weigh-ins from { $since } to { $until }.
}
see-weight-count-hidden = Your weigh-ins up to { $until }, as a line without figures.
see-weight-one = It was { $kg } { $unit }.
see-weight-few = Your trend is { $kg } { $unit }.
see-weight-now = Your trend is { $kg } { $unit }; from day to day the scale swings between about { $low } and { $high }.
see-weight-steady = It has been steady over four weeks.
see-weight-down = That is { $kg } { $unit } less than four weeks ago.
see-weight-up = That is { $kg } { $unit } more than four weeks ago.
see-weight-down-hidden = It went gently down over four weeks.
see-weight-up-hidden = It went gently up over four weeks.
see-weight-goal-words = Your goal is { $kg } { $unit }.

see-macros-title = Energy and macros
see-macros-protein = Protein
see-macros-carbs = Carbs
see-macros-fat = Fat
see-macros-target = Target
see-macros-words = { $count ->
    [one] One day logged this week: { $kcal } kcal, { $protein_g } g protein, { $carbs_g } g carbs, { $fat_g } g fat.
   *[other] { $count } days logged this week, on average { $kcal } kcal: { $protein_g } g protein, { $carbs_g } g carbs, { $fat_g } g fat.
}
see-macros-aim = Your target is { $low } to { $high } kcal with { $protein } g protein.
see-macros-aim-energy = Your target is { $low } to { $high } kcal.

see-adherence-title = Your plan, day by day
see-adherence-none = none
see-adherence-all = all
see-adherence-words = { $days ->
    [one] { $done } of { $planned } planned things done, on one day.
   *[other] { $done } of { $planned } planned things done, on { $days } days.
}
see-adherence-words-hidden = A field for each day: the fuller its colour, the more of your plan you did.

see-strength-title = Strength, estimated
see-strength-lift = { $lift } { $kg } { $unit }
see-strength-lift-from = { $lift } { $kg } { $unit } (began at { $before })
see-strength-words = Estimated for one repetition, from your sets: { $lifts }.
see-strength-words-hidden = How your lifts move, without figures: { $lifts }.

see-sleep-title = Sleep and energy
see-sleep-hours = Sleep
see-sleep-span = Recommended
see-energy = Energy, 0 to 10
see-sleep-words = { $count ->
    [one] One night told: { $hours } hours.
   *[other] { $count } nights told, { $hours } hours on average.
}
see-energy-words = { $count ->
    [one] Energy { $score } of 10, told once.
   *[other] Energy { $score } of 10 on average.
}
see-sleep-words-hidden = Your nights and your energy, as shapes without figures.

see-cycle-title = Cycle
see-cycle-days = Length in days
see-cycle-words = { $count ->
    [one] One whole cycle: { $low } days.
   *[other] { $count } whole cycles, { $low } to { $high } days long.
}
see-cycle-hidden = How long your cycles were, without figures.
