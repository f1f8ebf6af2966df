# Português: the menu of commands and the lines about the conversation itself. No native speaker has checked them yet.
# Everything else falls back to English.

group-only-private = Olá! Só falo em privado, porque o que conversamos é só seu. Você me encontra aqui: { $link }
welcome-back = Que bom que você voltou. Não repito nada do que passou enquanto isso. /today mostra o dia de hoje.
too-many-messages = Foram muitas mensagens de uma vez. Respondo às primeiras; espere um minuto e envie de novo o que faltar.
command-today = O que há para hoje
command-plan = Seu plano
command-meals = As refeições de hoje
command-workout = O treino de hoje
command-log = Anotar comida, séries ou atividade
command-water = Anotar uma bebida
command-checkin = Como você está?
command-progress = O que o dia já soma
command-shopping = O que comprar
command-reminders = Seus lembretes
command-goals = Seus objetivos
command-profile = Com que dados planejo
command-memory = O que guardo na memória
command-settings = Como trato você
command-language = Em que língua falo
command-units = Quilos ou libras
command-quiet = Horas sem mensagens
command-feedback = Diga o que posso melhorar
command-help = O que sei fazer
command-privacy = O que guardo e por quê
command-stop = Parar todos os lembretes
command-cancel = Sair da pergunta atual
command-delete = Apagar tudo sobre você
command-start = Começar
