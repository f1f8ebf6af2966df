# Invitations: what is said to who comes with one, and to who comes without where one is needed.

invite-accepted = Your invitation is accepted. Welcome!
invite-already = You are in with this invitation already.
invite-spent = This invitation has been used up. Please ask whoever gave it to you for a new one.
invite-over = This invitation is no longer valid. Please ask whoever gave it to you for a new one.
invite-unknown = I do not know this invitation. Please check whether you have the whole link.
invite-too-often = Those were several invitations that I do not know. Please try again in an hour.
invite-needed = For now I coach only people who were invited. If you have an invitation link, please open it. In an emergency, call your local emergency number.
