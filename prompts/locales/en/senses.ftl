# Pictures
see-looking = Looking at your picture …
see-meal = I see { $foods }. Amounts from a picture are estimates.
see-fridge = I see { $foods }. Amounts from a picture are estimates.
see-recipe = The recipe, for { $servings }: { $foods }. Amounts from a picture are estimates.
see-sum = By my tables that is about { $kcal } kcal.
see-portion-sum = By my tables one portion is about { $kcal } kcal.
see-log-it = Log it?
see-fridge-no-plan = Once you have a meal plan, I can find dishes for this.
see-label = I read: { $food }. In 100 g: { $kcal } kcal, { $protein } g protein, { $carbs } g carbs with fibre, { $fat } g fat. Please compare with the package.
see-label-plain = I read: { $food }.
see-how-much = How much did you have? Tap an amount or type the grams.
see-label-unclear = I could not read figures on this label that agree with one another, so I take none of them. A sharp picture of the whole table helps, or type the food and the amount, for example "oat biscuits 40 g".
see-unknown = I see { $foods }, but I do not know that by these names, so I logged nothing. Tell me in words, for example "2 eggs and toast".
see-not-counted = Not counted, because I do not know it: { $foods }.
see-more-there = There is more on it that I could not make out.
see-nothing = I see no food there. I look only at meals, fridges, labels and recipes; skin, wounds and medicines are for a doctor or a pharmacist.
see-hidden = A picture does not show everything that is in a dish: with your allergies, ask or read the label.
see-alert = Careful: { $foods } contains something on your allergy list. Please do not eat it.
see-alert-words = Careful: I see { $foods }, and that is on your list. Please do not eat it.
see-product-alert = Careful: by its label, { $food } has or may have { $kept_out } in it, which you told me to keep out. Please do not eat it.
see-check-package = I cannot rule out your allergens from this. Please read the package.
see-left-out = I look at { $most } pictures at a time and left out { $left }. Send the others again if they matter.
see-failed = I could not look at the picture just now, and I logged nothing. Send it again later, or tell me in words, for example "2 eggs and toast".
see-over-budget = Today's share for pictures is used up. Tell me in words, for example "2 eggs and toast".
see-no-consent = I look at pictures only with the help of a model at { $host }, and only after you say "use the model". Until then, tell me in words, for example "2 eggs and toast".
see-words-stand = I went by your words and did not look at the picture.
code-unknown = I read the number { $code } on the package, but I do not know that product. Type it with the amount, for example "oat biscuits 40 g".
code-known = By its number this is { $food }. In 100 g: { $kcal } kcal, { $protein } g protein, { $carbs } g carbs with fibre, { $fat } g fat.
code-known-plain = By its number this is { $food }.
seen-change-how = Nothing is logged. Send it in your own words, for example: { $foods }
seen-dropped = Fine, I logged nothing.
opt-seen-log = Log it
opt-seen-cook = What can I cook?
opt-seen-change = Change
opt-seen-not = Not now
opt-seen-grams = { $grams } g

# Voice notes
voice-listening = Listening to your voice note …
voice-heard = I heard: “{ $words }”

# Files that could not be used
attach-not_fetched = I could not fetch that file just now. Please send it again.
attach-not_a_picture = That is no picture I can read: JPEG, PNG and WebP work.
attach-too_many_pixels = That picture is too large for me. A smaller one works.
attach-not_a_recording = That is no recording I can read. A voice note of this app works, or type it.
attach-too_long = I listen to voice notes of up to one minute. Please send a shorter one, or type it.
attach-is_video = I do not watch videos. A voice note works, or type it.
attach-voice_no_consent = I listen to voice notes only with the help of a model, and only after you say "use the model". Until then, please type it. If it is urgent, call your local emergency number.
attach-voice_not_heard = I could not listen to that just now. Please type it, or send it again later. If it is urgent, call your local emergency number.
attach-voice_over_budget = Today's share for voice notes is used up. Please type it. If it is urgent, call your local emergency number.
attach-voice_silent = I could not make out any words in that voice note. Please type it, or say it again somewhere quieter. If it is urgent, call your local emergency number.
