# Everything after onboarding. A key that begins with "done-" reports a committed row and nothing else does.

plain = { $text }
error-not-read = I cannot reach my notes right now, so I saved nothing. Please send that again in a moment. If this is an emergency, call your local number.
error-not-saved = Something went wrong while I was writing that down. Nothing of it was kept. Please send it again.

# Talk
hello-again = Hello! Ask me "what is on today?", tell me what you did or ate, or set a reminder.
hello-onboarding = Hello again! We are in the middle of getting to know each other.
youre-welcome = Gladly.
goodbye = Take care. I am here when you write.
small-talk = I am a small program, so my day is always the same. How is yours? You can tell me energy, sleep or stress from 0 to 10.
about-bot = I am Keel, an AI wellness coach: no human, no doctor. I plan meals, training and sleep by fixed rules, remind you, and keep your logs. I give no diagnosis and no doses.
help =
    You can say, in your own words:
    • "what is on today?" or /today, /plan, /meals, /workout
    • "done with the walk", "skip lunch", "snooze it an hour"
    • "2 eggs and toast", "drank 500 ml", "81.4 kg", "bench 60x8 @8", "ran 5 km in 28 min"
    • "slept 6 hours, stress 7"
    • "remind me every weekday at 7:30 to stretch", /reminders
    • /profile, "train 4 days", "I am allergic to sesame now"
    • /quiet, /units, /stop for a pause
plan-disliked = Thank you for saying so. Nothing changes until you want it: say "new meals", "new training" or "make me a new plan", or what to leave out, for example "no tofu".
feedback = Thank you for telling me. It is kept with our conversation.
food-not-for-you = No, better not: { $food } has or may have { $kept_out } in it, and you told me to keep that out.
moved-roll = Heard. It is yours to decide, and I do not argue. If less would suit you better, say "shorter sessions", "fewer reminders" or "pause for a week".
moved-evoke = Two sides, and both are fair. What would make it worth it for you, and what would make it easier?
moved-reflect = That sounds hard, and it is good that you say it. Nothing has to be perfect today. If it is more than tiredness or stress, tell me, or somebody you trust.
knowledge = { $text }
knowledge-your-list = That is said to everybody: for you without { $kept_out }.
knowledge-source = Source: { $source }
knowledge-not-weight = For you I leave weight and deficits out on purpose: regular meals, movement that feels good and sleep come first. If weight worries you, please talk with your doctor or midwife.
question-beyond = I do not have a good answer to that, and I do not want to guess. About your plan I can help: try "why so much protein?" or "what is for dinner?".
command-unknown = I have no command { $name }. Did you mean { $near }? /help shows what I can do.
examples-now = Try "what is on today?", or "remind me to stretch at 20:00".
export-how = Exporting by chat is not built yet. /profile and /plan show what I keep.
language-now = I speak English for now.
ill-rest = Sorry you are unwell. Rest today, drink, no training. A fever above 39 °C, or one for more than three days, should be seen by a clinician.
pain-ask = I am sorry that hurts. Where exactly, and how bad from 0 to 10? Until I know more I leave that area out of your training.
safety-called = Good. Stay where help can reach you. I am here.
safety-with-someone = I am glad somebody is with you. Please stay together.
safety-not-now = Thank you for telling me. If it starts, call your local emergency number at once. Training waits until you have talked to a clinician about it.
attach-photo = I cannot look at pictures without a model set up. Tell me in words, for example "2 eggs and toast".
attach-voice = I cannot listen to voice notes without a model set up. Please type it.
attach-document = I cannot read files yet. Tell me in words what matters in it.
attach-location = I did not use that place. Name your city, and I set your clock to it.
attach-missing = I could not find that file. Please send it again.
attach-too_large = That file is too large for me: 20 MB is the limit. I did not open it.
attach-archive = That is an archive. I do not unpack those, so I did not open it.
attach-empty = That file is empty.
attach-unreadable = I could not read that file.

# The model
done-model-allowed = Agreed. When my own rules are not enough I ask { $host }. I send your message, photos and voice notes (photos without place and time), the date, what I asked and what I found, and a few notes: your age group, your goal, your food rules, today's plan, what I should remember and our last messages. Never your name, contacts, birthday or diagnoses from your profile. /privacy shows what was sent last. Say "stop using the model" at any time.
done-model-stopped = Stopped. From now on nothing you write goes to a model. I understand by my own rules.
model-not-configured = No model is set up here. I understand by my own rules, and nothing you write goes to one.
model-silent = The model fell silent just now, so these are my own words.
model-offline = The model did not help just now, so I went by my own rules and may have missed something you wrote.

# What was wrong, and what works
rejected-out-of-range = "{ $quote }" cannot be right for { $what }: I take { $low } to { $high }. I left { $what } as it was.
rejected-unknown-word = I do not know "{ $quote }" as { $what }, so I left it out. Please say it in other words.
unsure = You said "{ $quote }". I want to be certain before I use that: please say it plainly, with yes or no.
rejected-ambiguous = "{ $quote }" could mean two things for { $what }. Please add the unit, for example "172 cm" or "5 ft 8".
rejected-impossible-time = "{ $quote }" is not a time of day. Try "7:30" or "19:00".
rejected-in-the-future = "{ $quote }" lies in the future. Please check the date.

# Profile
profile-head = This is what I plan with, version { $version }.
history-head = Versions of your profile: { $count }.
propose-change = Shall I change this and plan anew?
change-left = Fine, everything stays as it was.
already-so = That is already so.
done-changed = Changed: { $what }. Your profile is now version { $version }.
clearance-ended = That is new since your clinician's yes, so the yes no longer counts: please ask again before you train harder.

# Plans
no-plan = There is no plan yet. Tell me about yourself and I make one.
no-plan-onboarding = Your plan comes as soon as we are through these questions.
no-meal-plan = There is no meal plan yet. I need your age, height and weight for one.
no-workout-plan = There is no training plan now.
no-more-workouts = No session is planned for the coming days.
no-meals-that-day = No meals are planned for { $day }.
plan-refused = I drew up a plan and held it back, because it broke one of my own safety rules. Nothing of it counts.
done-meal-plan = Your meals for the next { $days } days are planned.
allergy-proof = Nothing on your allergy list is in the ingredients I know. Please still read labels.
done-workout-plan =
    { $count ->
        [one] One session is planned
       *[other] { $count } sessions are planned
    } for the next { $weeks } weeks.
done-sleep-plan = Your sleep plan is set.
habit-from-tomorrow = One tiny habit to start with tomorrow: { $habit }
meals-relaxed = For this plan only, as you chose: { $what } Your profile stays as it is.
relax-gone = That way out does not apply any more. Ask me for a new plan, and I look again.
swap-offer = Instead of { $dish } for { $meal }, one of these keeps your day as planned. Tap it, or say "the first one".
swap-which = Which meal shall I change?
swap-none = I find no other dish for { $meal } that keeps the day within your targets and rules, so { $dish } stays.
swap-none-left = I have no more dishes for { $meal } that keep the day within your targets and rules. { $dish } stays.
swap-past = That day is over, so I leave its meals as they were.
swap-eaten = { $meal } is eaten or over, so I leave it as it is.
swap-all-eaten = All meals of { $day } are eaten or over.
swap-unknown-dish = I find no { $words } among your coming meals. /meals shows them.
meal-kept = Good, everything stays as planned.
meal-offer-old = Your meals or logs have changed since I offered that, so I changed nothing. Please ask again.
meal-cooked-fresh = { $meal } was to be left over from it and is now cooked fresh.
done-meal-swapped = { $meal } is now { $dish }.
done-meals-renewed =
    { $count ->
        [one] One meal { $day } is new.
       *[other] The { $count } meals still open { $day } are new.
    }
done-meals-restored =
    { $count ->
        [one] Back as it was: { $dishes }.
       *[other] Back as they were: { $dishes }.
    }
done-meals-dropped =
    { $count ->
        [one] I took one meal out of your plan, because it does
       *[other] I took { $count } meals out of your plan, because they do
    } not go with what you told me: { $meals }{ $more ->
        [0] .
       *[other] {" "}and { $more } more.
    }
renew-none = I find no other meals { $day } that keep your targets and rules, so they stay as they are.
fill-head = You have logged { $eaten } kcal today. This fills the rest of the day:
fill-head-plain = With what you have logged, this fills the rest of the day:
fill-head-planned = Nothing is logged today, so I count the planned meals up to now as eaten. This fills the rest:
fill-head-fresh = Nothing is logged today yet, so this is the whole day:
fill-total = The day then comes to { $total } kcal.
fill-uses = It uses your { $foods }.
fill-leaves = Left out this time: { $foods }.
fill-unknown = I do not know { $foods }, so I could not plan with it.
fill-none = I find no meals that bring the rest of today to your targets within your rules. Eat what is planned, or what you feel like; one day decides nothing.
fill-nothing-ahead = No planned meal is left today. If you are hungry, eat something you like.
portions-how = For how many? For example "dinner for four" or "half a portion of lunch".
portions-people = Amounts for { $count } people, each with a portion like yours:
portions-share = { $share }:
portions-view-only = This is only shown: your plan stays as it is.
shopping-none = No meals are planned for those days, so there is nothing to buy.
bend-workout-how = I do not change single sessions. Skip it with "skip the workout", or tell me what should be different: "20 minutes per session", "train on Tuesday and Friday", "my knee hurts".
meals-head = Meals for { $day }:
meals-total = Together { $kcal } kcal.
workout-head = { $day }: { $name }, { $minutes } minutes.
workout-next = No session today. Next: { $day }, { $name }, { $minutes } minutes.
shopping-head =
    { $days ->
        [0] For { $start } you need:
       *[other] From { $start } to { $end } you need:
    }

# Today
today-head = { $day }
today-moved = Today’s card is further down now.
today-target = About { $kcal } kcal today, with { $protein } g protein.
today-energy = About { $kcal } kcal today.
today-open =
    { $count ->
        [0] Nothing is open. Well done, or simply rest.
        [one] One thing is open.
       *[other] { $count } things are open.
    }
goal-none = You have no goal set. Tell me what matters to you, for example "get stronger".
goal-plain = Your goal: { $goal }.
goal-weight = Your goal: { $goal }, towards { $kg } kg. Steady beats fast.
progress-head = So far today:

# Tasks
task-none-open = Nothing is open today.
task-not-found = I found no open task like "{ $words }". /today lists them.
task-which = Which one?
task-which-snooze = Which task do you mean? Name it, for example "snooze the workout 30 minutes".
task-already = "{ $task }" is already { $status }.
done-task-completed = Done: { $task }. Nice.
done-task-skipped = Skipped: { $task }. No harm done.
done-task-snoozed = { $task }: put off until { $at }.
done-task-reopened = { $task } is open again.
nothing-to-undo = There is nothing I can take back.
nothing-to-cancel = There is nothing running to cancel.

# Reminders
remind-how = What shall I remind you of, and when? For example "remind me to stretch every weekday at 7:30".
remind-when = When shall I remind you to { $title }? For example "remind me to { $title } at 20:00".
remind-impossible-time = That is not a time of day. Try "at 7:30" or "at 19:00". Nothing was set.
remind-in-the-past = That moment is already over, so I set nothing. Give me one that is still to come.
remind-no-time = When shall I remind you? For example "at 20:00". Nothing was set yet.
remind-unsupported-repeat = I cannot repeat in that pattern: I know daily, weekly on certain days, and every so many hours or days. Nothing was set.
done-reminder-set = Reminder set: { $title }, { $when } ({ $zone }).
done-reminder-cancelled = Cancelled: { $title }.
done-reminders-scheduled =
    { $count ->
        [one] One reminder follows
       *[other] { $count } reminders follow
    } from your answers. /reminders shows them.
reminders-head = You have { $count } reminders:
reminders-none = You have no reminders. Try "remind me to stretch at 20:00".
reminders-not-chosen = You chose no reminders, so I stay quiet.
reminder-not-found = I found no reminder like "{ $words }". /reminders lists them.
reminder-which = Which one shall I cancel?
firing-already = That one is already settled.
snooze-enough = I put this off three times already. Shall I move it or drop it? Say "cancel the reminder" or set a new time.
done-firing-done = Well done.
done-firing-skipped = Skipped. That is fine.
done-firing-snoozed = I come back { $at }.

# Logs
water-how = How much did you drink?
water-limit = { $ml } ml at once is outside what I take down: up to { $limit } ml. Drinking a great deal quickly can be dangerous.
done-water = Logged { $ml } ml. That makes { $total } ml today.
weight-how = Tell me your weight, for example "81.4 kg".
weight-jump = { $kg } kg is far from your last { $known } kg. Is it right?
done-weight = Logged { $kg } kg. Single days jump; the trend counts.
check-in-ask = How are you? Tap, or type for example "slept 6 hours, stress 7, energy 5".
done-check-in = Logged: { $what }.
check-in-care = That sounds like a hard day. Take it easier today if you can; eating enough stays as planned.
done-log-removed = Taken back: that entry is gone.
food-how = What did you eat? For example "2 eggs and a slice of toast".
food-unknown = I do not know { $foods }, so I logged nothing. Try a plainer name, for example "bread" or "chicken breast".
food-unsure = I took "{ $said }" as { $food }. If that is wrong, tap Undo and name it differently.
food-not-counted = Not counted, because I do not know it: { $foods }.
done-food = Logged: { $foods }.
food-sum = About { $kcal } kcal, { $total } kcal today.
allergen-may = { $food } can contain something on your allergy list: please check the label.
allergen-alert = Careful: { $foods } contains something on your allergy list. If you feel unwell after eating it, with swelling or trouble breathing, call your emergency number now.
sets-how = Write sets like "bench 60x8 @8" or "squat 3x5x80".
done-sets = Logged { $count } sets: { $names }.
activity-how = Tell me what you did and how long, for example "walked 40 min".
done-activity = Logged: { $name }, { $amount }.
activity-kcal = Roughly { $kcal } kcal. It is already part of your daily target, so no need to eat it back.

# Settings
settings-now = Units { $units }, clock { $zone }, quiet from { $start } to { $end }, paused: { $paused }.
units-how = You use { $units } units. Say "use pounds" or "use kilos" to change.
done-units = Changed: I use { $units } units now.
zone-now = Your clock is { $zone }. To change it, name your city.
quiet-now = I am quiet from { $start } to { $end }. To change it: "quiet from 22:00 to 7:00".
done-quiet = Changed: quiet from { $start } to { $end }. Times you set yourself still count.
done-paused = I am silent until you write "I am back". What is planned stays.
done-paused-until = I am silent until { $day }. Write "I am back" to end it sooner.
done-resumed = Welcome back. Reminders run again.
not-paused = Nothing was paused. I am here.

progress-meals = Looking for meals that fit…
progress-training = Putting the sessions together…
calendar-file =
    { $count ->
        [one] One entry for your calendar, until { $until }. Open the file to add it.
       *[other] { $count } entries for your calendar, until { $until }. Open the file to add them.
    } A newer file takes the place of an older one.
calendar-none = Nothing is planned for the coming days, so there is nothing to put into a calendar.

# Buttons
opt-calendar = Calendar file
opt-plain = { $text }
opt-confirm = Yes, change it
opt-keep = No, keep it
opt-history = History
opt-today = Today
opt-week = The week
opt-help = Help
opt-reminders = Reminders
opt-undo = Undo
opt-meal-use = Use this plan
opt-meal-keep = Keep what is planned
opt-meal-more = Something else
opt-task-done = Done: { $task }
opt-task-skip = Skip
opt-task-snooze = In 1 h
opt-water = +{ $ml } ml
opt-energy-low = Low energy
opt-energy-okay = Okay
opt-energy-high = High energy
opt-done = Done
opt-snooze10 = In 10 min
opt-snooze60 = In 1 h
opt-tomorrow = Tomorrow

# What reminders say
push-morning_brief = Good morning. { $day }:
push-morning-workout = Training: { $name }, { $minutes } min{ $at }.
push-morning-rest = Training: rest day.
push-morning-meals = Meals: { $meals }.
push-morning-tasks = Also: { $tasks }.
push-morning-tip = { $tip }
push-meal = { $slot } soon: { $name }.
push-meal-plain = { $slot } soon.
push-hydration = A glass of water?
push-workout = { $name } in { $lead } minutes: { $minutes } min. Shoes ready?
push-workout-plain = Training time in { $lead } minutes.
push-bedtime = Time to wind down. Screens off, lights low, bed at { $at }.
push-bedtime-plain = Time to wind down.
push-check_in = How was your day? Tap your energy, or type for example "energy 5, stress 6, mood good".
push-custom = Reminder: { $title }
push-other = { $title }
push-onboarding_resume = We stopped in the middle the other day. Shall we go on? Just answer the last question.
tip-0 = Tip: after brushing your teeth is a good anchor for a two-minute stretch.
tip-1 = Tip: leave a filled glass beside the kettle, for the first thing you drink.
tip-2 = Tip: lay out training clothes the evening before.
tip-3 = Tip: protein at breakfast keeps you full for longer.
tip-4 = Tip: ten minutes of morning light help you sleep at night.
tip-5 = Tip: a missed day is only a day. Go on with the next thing.
tip-6 = Tip: cook once, eat twice.
line-not-understood = I could not read that line: { $problem }. Nothing was changed.
text-was-cut = That was long: I read the first { $limit } characters and saved nothing from the rest.
delete-ask = This deletes everything about you, at once and for good: profile, plans, logs, messages. Shall I?
delete-kept = Good, everything stays.
erased = Everything about you is deleted. If you ever write again, we start anew. Take care.
opt-delete-yes = Yes, delete everything
opt-delete-no = No, keep it
