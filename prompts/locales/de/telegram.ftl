# Deutsch: the menu of commands and the lines about the conversation itself. No native speaker has checked them yet.
# Everything else falls back to English.

group-only-private = Hallo! Ich rede nur unter vier Augen, denn was wir besprechen, geht nur dich etwas an. Du findest mich hier: { $link }
welcome-back = Schön, dass du wieder da bist. Was in der Zwischenzeit war, hole ich nicht nach. Mit /today siehst du den heutigen Tag.
too-many-messages = Das waren viele Nachrichten auf einmal. Ich beantworte die ersten; warte bitte eine Minute und schick dann, was fehlt, noch einmal.
command-today = Was heute ansteht
command-plan = Dein Plan
command-meals = Die Mahlzeiten von heute
command-workout = Das Training von heute
command-log = Essen, Sätze oder Aktivität eintragen
command-water = Ein Getränk eintragen
command-checkin = Wie geht es dir?
command-progress = Was heute zusammenkommt
command-shopping = Was zu kaufen ist
command-reminders = Deine Erinnerungen
command-goals = Deine Ziele
command-profile = Womit ich plane
command-memory = Was ich mir merke
command-settings = Wie ich mit dir umgehe
command-language = In welcher Sprache ich spreche
command-units = Kilo oder Pfund
command-quiet = Stunden ohne Nachrichten
command-feedback = Sag mir, was besser werden soll
command-help = Was ich kann
command-privacy = Was ich speichere und warum
command-stop = Alle Erinnerungen anhalten
command-cancel = Die aktuelle Frage verlassen
command-delete = Alles über dich löschen
command-start = Anfangen
