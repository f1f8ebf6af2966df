# Italiano: the menu of commands and the lines about the conversation itself. No native speaker has checked them yet.
# Everything else falls back to English.

group-only-private = Ciao! Parlo solo in privato, perché quello che ci diciamo è soltanto tuo. Mi trovi qui: { $link }
welcome-back = Bentornato. Non ripeto nulla di ciò che è passato nel frattempo. /today mostra la giornata di oggi.
too-many-messages = Sono arrivati molti messaggi insieme. Rispondo ai primi; aspetta un minuto e rimanda quello che manca.
command-today = Cosa c’è per oggi
command-plan = Il tuo piano
command-meals = I pasti di oggi
command-workout = L’allenamento di oggi
command-log = Annota cibo, serie o attività
command-water = Annota una bevanda
command-checkin = Come stai?
command-progress = Il totale della giornata
command-shopping = Cosa comprare
command-reminders = I tuoi promemoria
command-goals = I tuoi obiettivi
command-profile = Con quali dati pianifico
command-memory = Che cosa ricordo di te
command-settings = Come mi comporto con te
command-language = In che lingua parlo
command-units = Chili o libbre
command-quiet = Ore senza messaggi
command-feedback = Dimmi cosa migliorare
command-help = Cosa so fare
command-privacy = Cosa conservo e perché
command-stop = Ferma tutti i promemoria
command-cancel = Esci dalla domanda attuale
command-delete = Cancella tutto su di te
command-start = Inizia
