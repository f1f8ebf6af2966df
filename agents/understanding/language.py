"""Languages: which one a text is written in (coarsely), and which one somebody asks for by name."""

import re
from typing import Final

_SCRIPTS: Final = (
    ("ja", re.compile("[\u3040-\u30ff]")), ("ko", re.compile("[\uac00-\ud7af\u1100-\u11ff]")),
    ("zh", re.compile("[\u4e00-\u9fff]")), ("uk", re.compile("[іїєґІЇЄҐ]")), ("ru", re.compile("[\u0400-\u04ff]")),
    ("fa", re.compile("[پچژگ]")), ("ar", re.compile("[\u0600-\u06ff]")), ("he", re.compile("[\u0590-\u05ff]")),
    ("hi", re.compile("[\u0900-\u097f]")), ("th", re.compile("[\u0e00-\u0e7f]")), ("el", re.compile("[\u0370-\u03ff]")),
)  # fmt: skip
_STOP_WORDS: Final = {
    "en": "the i a and is to my you of it in for have what not am me was this do with on at i'm don't want can",
    "de": "ich und der die das ist nicht ein eine mein meine habe mit zu bin wie was heute für auf mir kann guten danke "
          "möchte bitte hallo kein keine gegessen trinke",
    "es": "el la los las de que y es no mi un una por con para qué tengo estoy hola gracias quiero hoy cómo me como soy "
          "comí buenos días",
    "fr": "le la les et est je un une pas mon ma pour avec que qui des du suis bonjour merci veux aujourd'hui j'ai mangé "
          "ce comment salut vous tu",
    "it": "il lo la di che e è non un una mio mia per con sono ho ciao grazie voglio oggi come mangiato mi buongiorno",
    "pt": "o a os as de que e é não um uma meu minha por com para tenho estou olá obrigado obrigada quero hoje eu comi",
    "nl": "de het een en is niet ik mijn van met voor wat heb ben hallo dank vandaag wil gegeten jij hoe",
    "tr": "ve bir bu ne için ben çok var yok merhaba teşekkürler bugün istiyorum nasıl değil mi",
    "pl": "i w na nie jest to się że mam dzień dobry dzisiaj chcę jak dziękuję cześć zjadłem zjadłam",
}  # fmt: skip
_WORDS_OF: Final = {language: frozenset(words.split()) for language, words in _STOP_WORDS.items()}
_NAMES: Final = {
    "english": "en", "englisch": "en", "inglés": "en", "anglais": "en", "german": "de", "deutsch": "de", "spanish": "es",
    "español": "es", "espanol": "es", "french": "fr", "français": "fr", "francais": "fr", "italian": "it", "italiano": "it",
    "portuguese": "pt", "português": "pt", "portugues": "pt", "dutch": "nl", "nederlands": "nl", "turkish": "tr",
    "türkçe": "tr", "polish": "pl", "polski": "pl", "russian": "ru", "русский": "ru", "ukrainian": "uk",
    "українська": "uk", "arabic": "ar", "العربية": "ar", "hebrew": "he", "עברית": "he", "persian": "fa", "farsi": "fa",
    "hindi": "hi", "हिन्दी": "hi", "chinese": "zh", "mandarin": "zh", "中文": "zh", "japanese": "ja", "日本語": "ja",
    "korean": "ko", "한국어": "ko", "greek": "el", "ελληνικά": "el", "thai": "th", "swedish": "sv", "norwegian": "no",
    "danish": "da", "finnish": "fi", "czech": "cs", "romanian": "ro", "hungarian": "hu", "indonesian": "id",
    "vietnamese": "vi",
}  # fmt: skip
_CODES: Final = frozenset(_NAMES.values())
_TOKEN: Final = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?", re.UNICODE)
ENOUGH_FOREIGN_WORDS: Final = 2  # one word ("la") may stand in any sentence


def guess(text: str, default: str = "en") -> str:
    """A language code by script, else by stop words; `default` where the words do not tell. Coarse on purpose."""
    letters = [character for character in text[:400] if character.isalpha()]
    for language, pattern in _SCRIPTS if letters and not text.isascii() else ():
        if len(pattern.findall(text[:400])) * 2 > len(letters) or (
            language in ("uk", "ja", "fa") and pattern.search(text)
        ):
            return language
    words = [word.lower() for word in _TOKEN.findall(text[:1000])]
    score = {language: sum(word in known for word in words) for language, known in _WORDS_OF.items()}
    best = max(score, key=lambda language: score[language])
    if score[best] >= ENOUGH_FOREIGN_WORDS and score[best] > score["en"]:
        return best
    return "en" if score["en"] else default


def code(words: str) -> str | None:
    """The code of a language named in any usual way ("german", "Deutsch", "de"); None for no language."""
    words = words.strip().lower()
    if words in _CODES:
        return words
    return next((_NAMES[word] for word in _TOKEN.findall(words) if word in _NAMES), None)
