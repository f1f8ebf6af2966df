# Русский: the menu of commands and the lines about the conversation itself. No native speaker has checked them yet.
# Everything else falls back to English.

group-only-private = Здравствуйте! Я говорю только лично: то, что мы обсуждаем, касается только вас. Вы найдёте меня здесь: { $link }
welcome-back = С возвращением. То, что было за это время, я не повторяю. /today покажет сегодняшний день.
too-many-messages = Сразу пришло много сообщений. Я отвечу на первые; подождите минуту и пришлите остальное ещё раз.
command-today = Что сегодня
command-plan = Ваш план
command-meals = Еда на сегодня
command-workout = Тренировка на сегодня
command-log = Записать еду, подходы, активность
command-water = Записать напиток
command-checkin = Как вы себя чувствуете?
command-progress = Что набралось за день
command-shopping = Что купить
command-reminders = Ваши напоминания
command-goals = Ваши цели
command-profile = По каким данным я планирую
command-memory = Что я запомнил
command-settings = Как мне с вами обращаться
command-language = На каком языке я говорю
command-units = Килограммы или фунты
command-quiet = Часы без сообщений
command-feedback = Скажите, что улучшить
command-help = Что я умею
command-privacy = Что я храню и зачем
command-stop = Остановить все напоминания
command-cancel = Выйти из текущего вопроса
command-delete = Удалить всё о вас
command-start = Начать
