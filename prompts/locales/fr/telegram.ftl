# Français: the menu of commands and the lines about the conversation itself. No native speaker has checked them yet.
# Everything else falls back to English.

group-only-private = Bonjour ! Je ne parle qu’en privé, car ce que nous disons ne regarde que vous. Vous me trouvez ici : { $link }
welcome-back = Content de vous revoir. Je ne répète rien de ce qui s’est passé entre-temps. /today montre votre journée.
too-many-messages = Cela fait beaucoup de messages à la fois. Je réponds aux premiers ; attendez une minute, puis renvoyez ce qui manque.
command-today = Ce qui est prévu aujourd’hui
command-plan = Votre plan
command-meals = Les repas d’aujourd’hui
command-workout = La séance d’aujourd’hui
command-log = Noter un repas, des séries, une activité
command-water = Noter une boisson
command-checkin = Comment allez-vous ?
command-progress = Le total de la journée
command-shopping = Ce qu’il faut acheter
command-reminders = Vos rappels
command-goals = Vos objectifs
command-profile = Ce sur quoi je planifie
command-memory = Ce que je retiens
command-settings = Comment je m’adresse à vous
command-language = La langue que je parle
command-units = Kilos ou livres
command-quiet = Heures sans messages
command-feedback = Dites-moi ce qu’il faut améliorer
command-help = Ce que je sais faire
command-privacy = Ce que je garde, et pourquoi
command-stop = Arrêter tous les rappels
command-cancel = Quitter la question en cours
command-delete = Effacer tout ce qui vous concerne
command-start = Commencer
