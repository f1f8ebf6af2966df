# Invitations: what is said to who comes with one, and to who comes without where one is needed. No native speaker has checked them yet.

invite-accepted = Ton invitation est acceptée. Bienvenue !
invite-already = Tu as déjà utilisé cette invitation : tout va bien.
invite-spent = Cette invitation est épuisée. Demande-en une nouvelle à la personne qui te l’a donnée.
invite-over = Cette invitation n’est plus valable. Demande-en une nouvelle à la personne qui te l’a donnée.
invite-unknown = Je ne connais pas cette invitation. Vérifie que tu as le lien entier.
invite-too-often = C’étaient plusieurs invitations que je ne connais pas. Réessaie dans une heure.
invite-needed = Pour le moment, je n’accompagne que les personnes invitées. Si tu as un lien d’invitation, ouvre-le. En cas d’urgence, appelle le numéro d’urgence de ton pays.
