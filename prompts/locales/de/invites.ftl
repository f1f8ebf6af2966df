# Invitations: what is said to who comes with one, and to who comes without where one is needed. No native speaker has checked them yet.

invite-accepted = Deine Einladung gilt. Willkommen!
invite-already = Mit dieser Einladung bist du schon dabei.
invite-spent = Diese Einladung ist aufgebraucht. Bitte die Person, von der du sie hast, um eine neue.
invite-over = Diese Einladung gilt nicht mehr. Bitte die Person, von der du sie hast, um eine neue.
invite-unknown = Diese Einladung kenne ich nicht. Prüfe bitte, ob du den ganzen Link hast.
invite-too-often = Das waren mehrere Einladungen, die ich nicht kenne. Versuche es bitte in einer Stunde noch einmal.
invite-needed = Zurzeit begleite ich nur Menschen mit Einladung. Wenn du einen Einladungslink hast, öffne ihn bitte. Im Notfall wähle die Notrufnummer deines Landes.
