# Words only Telegram needs: the menu of commands, and the lines about the conversation itself.

group-only-private = Hello! I only talk in private, because what we speak about is yours alone. You find me here: { $link }
edit-took-back = You changed that message, so I took back what I had noted from it.
edit-too-late = I saw that you changed an older message. I only correct what is less than a day old; please send the new words as a message.
zone-check = By your place it is { $time } for you now. If that is wrong, name your city.
attach-sticker = Nice one. Words work best with me, for example "2 eggs and toast" or "what is on today?".
attach-contact = I keep nobody else's contact, so I did not save it. Tell me about yourself, for example "slept 6 hours".
attach-other = I can only use words here, for example "ran 5 km in 28 min" or "remind me to stretch at 20:00".
welcome-back = Good to have you back. I repeat nothing of what was in between. /today shows your day.
too-many-messages = That was a lot of messages at once. I answer the first ones; please wait a minute, then send again what is missing.
command-today = What is on today
command-plan = Your plan
command-meals = Today's meals
command-workout = Today's workout
command-log = Log food, sets, an activity
command-water = Log a drink
command-checkin = How are you?
command-progress = What today adds up to
command-shopping = What to buy
command-reminders = Your reminders
command-goals = Your goals
command-profile = What I plan with
command-memory = What I keep in mind
command-settings = How I treat you
command-language = Which language I speak
command-units = Kilos or pounds
command-quiet = Hours without messages
command-feedback = Tell me what to do better
command-help = What I can do
command-privacy = What I keep, and why
command-stop = Stop all reminders
command-cancel = Leave the current question
command-delete = Delete everything about you
command-start = Begin

# What a message says about itself once its button was tapped
state-done = ✓ Done { $at }
state-skipped = Skipped { $at }
state-snoozed = Put off until { $at }
state-undone = Undone { $at }
state-chosen = You chose: { $label }

# Examples in the field for typing, at most 64 characters.
type-weight-how = 81.4 kg
type-food-how = 2 eggs and a slice of toast
type-activity-how = walked 40 min
type-remind-how = remind me to stretch at 20:00
type-change-what = I weigh 81 kg
type-task-which-snooze = snooze the workout 30 minutes
