# What is kept in mind of a person, and what goes to a model. A key that begins with "done-" reports a committed row.

done-remembered = I keep in mind: "{ $text }".
done-memory-replaced = Before, I had "{ $text }". I let go of that.
done-memory-gave-way = To make room (I keep { $most } things), I let go of "{ $text }".
done-forgotten = Forgotten: "{ $text }".
done-memory-all = Forgotten: all { $count } things you asked me to keep in mind, and my summary of our conversation.
memory-head = I keep { $count ->
        [one] one thing
       *[other] { $count } things
    } in mind, in your own words. Tap a number to let go of it, or say "change note 1 to …".
memory-empty = You have not asked me to keep anything in mind.
memory-how = Say "remember that …", for example "remember that mornings are hard for me".
memory-summary =
    Of our conversation I keep these notes, made by fixed rules:
    • { $summary }
memory-known = I keep that in mind already: "{ $text }".
memory-which = Which of these shall I let go of?
memory-none-such = I find nothing like that among what I keep in mind. If it is in your profile, tell me what is true now, for example "I can eat eggs again".
memory-no-number = I keep { $count ->
        [0] nothing in mind now
        [one] one thing in mind
       *[other] { $count } things in mind
    }, so there is no such number.
memory-all-sure = Shall I let go of all { $count } things, and of my summary of our conversation? That cannot be undone. Your profile and plans stay.
memory-kept = Fine, I keep them in mind.
memory-profile = That matters for your plans, so I do not just keep it in mind: it belongs in your profile, where I check it. Please say it plainly, for example "I am allergic to sesame" or "my left knee hurts".
memory-orders = I keep in mind what is so for you. How I work is not changed that way.
memory-contact = I keep no numbers, addresses or links in mind. Please say it without them.
memory-after-consent = I keep nothing in mind before you agree that I may store what you tell me.
opt-memory = What I remember
opt-memory-forget = Forget it
opt-memory-forget-number = Forget { $number }
opt-memory-all = Forget all
opt-memory-all-yes = Yes, forget all
opt-memory-keep = No, keep them
opt-profile = My profile

# Privacy: the model
privacy-no-model = No language model is set up here: what you write is understood by my own rules on this machine and goes to no one else.
privacy-model-off = A language model at { $host } could help me. You have not agreed to it, so nothing you write goes there. "Use the model" would change that.
privacy-model-on = You agreed that a language model at { $host } helps me. I take names, places, contacts and dates of birth out of what I send, as far as I can tell them, and ask that it is not stored; whether it is, I cannot check. "Stop using the model" ends it and erases what you see here.
privacy-nothing-sent = Nothing has been sent to a model so far.
privacy-last-sent = The last that went to { $host }, on { $day } at { $time }, stands below word for word. The instructions in it are the same for everybody; with them goes a fixed form for the answer.
privacy-unread = What was sent last I cannot read right now. Please ask again in a moment.
