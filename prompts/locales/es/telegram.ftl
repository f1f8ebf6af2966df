# Español: the menu of commands and the lines about the conversation itself. No native speaker has checked them yet.
# Everything else falls back to English.

group-only-private = Hola. Solo hablo en privado, porque lo que hablamos es solo tuyo. Me encuentras aquí: { $link }
welcome-back = Qué bien que hayas vuelto. No repito nada de lo que pasó mientras tanto. Pulsa /today para ver el día de hoy.
too-many-messages = Eso fueron muchos mensajes seguidos. Respondo a los primeros; espera un minuto y vuelve a enviar lo que falte.
command-today = Qué hay para hoy
command-plan = Tu plan
command-meals = Las comidas de hoy
command-workout = El entrenamiento de hoy
command-log = Anotar comida, series o actividad
command-water = Anotar una bebida
command-checkin = ¿Cómo estás?
command-progress = Lo que va sumando el día
command-shopping = Qué comprar
command-reminders = Tus recordatorios
command-goals = Tus objetivos
command-profile = Con qué datos planifico
command-memory = Lo que recuerdo de ti
command-settings = Cómo te trato
command-language = En qué idioma hablo
command-units = Kilos o libras
command-quiet = Horas sin mensajes
command-feedback = Dime qué puedo mejorar
command-help = Qué sé hacer
command-privacy = Qué guardo y por qué
command-stop = Parar todos los recordatorios
command-cancel = Salir de la pregunta actual
command-delete = Borrar todo sobre ti
command-start = Empezar
