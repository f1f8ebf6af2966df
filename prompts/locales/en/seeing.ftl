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
see-weight-count-hidden = Your weigh-ins until { $until }, as a line without figures.
see-weight-one = It was { $kg } { $unit }.
see-weight-few = Your trend is { $kg } { $unit }.
see-weight-now = Your trend is { $kg } { $unit }; from day to day the scale swings between about { $low } and { $high }.
see-weight-steady = It has been steady over four weeks.
see-weight-down = That is { $kg } { $unit } less than four weeks ago.
see-weight-up = That is { $kg } { $unit } more than four weeks ago.
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
see-energy-hidden = Energy
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

see-nothing-weight = There is no weigh-in to draw yet. Tell me one, such as "81.4 kg", whenever it suits you.
see-nothing-macros = There is nothing eaten to draw this week. Tell me what you had, and it shows here.
see-nothing-adherence = There is no planned day behind us yet. From tomorrow on I can show how your plan goes.
see-nothing-strength = There are no sets to draw yet. Tell me some, such as "squat 60 kg x 8".
see-nothing-sleep = There is no night and no energy to draw yet. Tell me, such as "slept 7 h, energy 6".
see-nothing-cycle = There is no cycle to draw. It needs your own consent and two periods told.
see-without = I leave pictures of weight and calories out for you. Here is what else there is.
see-without-alone = I leave pictures of weight and calories out for you. Your sessions, sleep and energy I can show.

see-overview-title = Your progress
opt-see-weight = Weight
opt-see-macros = Food
opt-see-adherence = Plan
opt-see-strength = Strength
opt-see-sleep = Sleep
opt-week-plan = The plan ahead
opt-week-stop = No weekly report

week-title = Your week
week-done = You did { $done } of { $planned } planned things this week.
week-done-hidden = You kept going this week.
week-sleep = You slept { $hours } hours a night on average ({ $count ->
    [one] one night told
   *[other] { $count } nights told
}).
week-weight-few = Your weight trend is { $kg } { $unit } so far.
week-weight-steady = Your weight trend is steady at { $kg } { $unit }.
week-weight-down = Your weight trend is { $kg } { $unit }, { $change } { $unit } less than four weeks ago.
week-weight-up = Your weight trend is { $kg } { $unit }, { $change } { $unit } more than four weeks ago.
week-sessions = { $count ->
    [one] You trained on one day.
   *[other] You trained on { $count } days.
}
week-new = And something new: { $what }.
week-nothing = A quiet week, and that is fine.
week-next = Next up: { $name } on { $day }, { $minutes } minutes.
week-step-easier = If the plan is too much just now, tell me what got in the way and we make it lighter.
week-step-weigh = Three weigh-ins a week are enough to keep the trend honest.
week-step-sleep = Tell me now and then how you slept; it helps me to pace your sessions.
done-week-stopped = No weekly report any more. Ask "how was my week" whenever you like.
week-not-sent = There is no weekly report to stop.

achievement-active-days-7 = seven days with Keel
achievement-active-days-30 = thirty days with Keel
achievement-active-days-100 = a hundred days with Keel
achievement-active-days-365 = a year of days with Keel
achievement-sessions-1 = your first session
achievement-sessions-10 = ten sessions
achievement-sessions-50 = fifty sessions
achievement-sessions-100 = a hundred sessions
achievement-sessions-250 = two hundred and fifty sessions
achievement-sessions-500 = five hundred sessions
achievement-good-week = a week in which most of your plan came true
achievement-nights-told = a whole week of nights told
achievement-back-again = back after a break, which is the hardest part
achievements-head = What you have earned so far:
achievements-none = Nothing here yet, and nothing is missing: the first comes by itself.
achievements-not-counted = I count nothing for you. You are welcome here as you are.
done-achievements-new = { $count ->
    [one] One is new today.
   *[other] { $count } are new today.
}
