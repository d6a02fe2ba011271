"""PURE: the words in which signs and short forms are spoken, by language."""

from __future__ import annotations

CURRENCIES = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "￥": "JPY"}
CURRENCY_NAMES = {
    "en": ("dollars", "euros", "pounds", "yen"),
    "de": ("Dollar", "Euro", "Pfund", "Yen"),
    "es": ("dólares", "euros", "libras", "yenes"),
    "fr": ("dollars", "euros", "livres", "yens"),
    "it": ("dollari", "euro", "sterline", "yen"),
    "pt": ("dólares", "euros", "libras", "ienes"),
    "nl": ("dollar", "euro", "pond", "yen"),
    "zh": ("美元", "欧元", "英镑", "元"),
}
"""In the order of `$€£¥`, of several."""
MINUS = {"en": "minus ", "de": "minus ", "es": "menos ", "fr": "moins ", "it": "meno ", "pt": "menos ", "nl": "min ",
         "zh": "负"}  # fmt: skip
TO = {"en": " to ", "de": " bis ", "es": " a ", "fr": " à ", "it": " a ", "pt": " a ", "nl": " tot ", "zh": "到"}
OF = {"es": "de ", "fr": "de ", "it": "di ", "pt": "de "}
"""Between millions and what they are of."""
SCALES: dict[str, dict[str, tuple[str, str]]] = {
    "en": {"k": ("thousand", "thousand"), "K": ("thousand", "thousand"), "m": ("million", "million"),
           "M": ("million", "million"), "mn": ("million", "million"), "bn": ("billion", "billion"),
           "B": ("billion", "billion"), "tn": ("trillion", "trillion"), "thousand": ("thousand", "thousand"),
           "million": ("million", "million"), "billion": ("billion", "billion"), "trillion": ("trillion", "trillion")},
    "de": {"Mio.": ("Million", "Millionen"), "Mio": ("Million", "Millionen"), "Mrd.": ("Milliarde", "Milliarden"),
           "Mrd": ("Milliarde", "Milliarden"), "Million": ("Million", "Millionen"),
           "Millionen": ("Million", "Millionen"), "Milliarde": ("Milliarde", "Milliarden"),
           "Milliarden": ("Milliarde", "Milliarden"), "Tsd.": ("Tausend", "Tausend")},
    "es": {"M": ("millón", "millones"), "millón": ("millón", "millones"), "millones": ("millón", "millones")},
    "fr": {"M": ("million", "millions"), "Md": ("milliard", "milliards"), "Mds": ("milliard", "milliards"),
           "million": ("million", "millions"), "millions": ("million", "millions"),
           "milliard": ("milliard", "milliards"), "milliards": ("milliard", "milliards")},
    "it": {"mln": ("milione", "milioni"), "mld": ("miliardo", "miliardi"), "milione": ("milione", "milioni"),
           "milioni": ("milione", "milioni"), "miliardo": ("miliardo", "miliardi"),
           "miliardi": ("miliardo", "miliardi")},
    "pt": {"mi": ("milhão", "milhões"), "bi": ("bilhão", "bilhões"), "milhão": ("milhão", "milhões"),
           "milhões": ("milhão", "milhões"), "bilhão": ("bilhão", "bilhões"), "bilhões": ("bilhão", "bilhões")},
    "nl": {"mln": ("miljoen", "miljoen"), "mln.": ("miljoen", "miljoen"), "mld": ("miljard", "miljard"),
           "mld.": ("miljard", "miljard"), "miljoen": ("miljoen", "miljoen"), "miljard": ("miljard", "miljard")},
    "zh": {"万": ("万", "万"), "亿": ("亿", "亿")},
}  # fmt: skip
"""What stands behind a number for so many times as much: of one, and of several."""
FORMULAS = frozenset({"CO2", "H2O", "O2", "N2", "CH4", "NO2", "SO2", "N2O", "NH3", "O3", "H2", "H2O2", "H2SO4", "SF6"})
NUMBER_SIGN = {
    "en": "number", "de": "Nummer", "es": "número", "fr": "numéro", "it": "numero", "pt": "número", "nl": "nummer",
    "zh": "第",
}  # fmt: skip
DEGREES = {"en": "degrees", "de": "Grad", "es": "grados", "fr": "degrés", "it": "gradi", "pt": "graus", "nl": "graden",
           "zh": "度"}  # fmt: skip
SIGNS = {
    "en": ("dot", "slash", "at", "dash"),
    "de": ("Punkt", "Schrägstrich", "ät", "Bindestrich"),
    "es": ("punto", "barra", "arroba", "guion"),
    "fr": ("point", "barre oblique", "arobase", "tiret"),
    "it": ("punto", "barra", "chiocciola", "trattino"),
    "pt": ("ponto", "barra", "arroba", "hífen"),
    "nl": ("punt", "schuine streep", "apenstaartje", "streepje"),
}
"""Of a full stop, a slash, an at sign and a hyphen within an address."""
UNITS = {
    "en": {"km/h": "kilometres an hour", "km": "kilometres", "kg": "kilograms", "cm": "centimetres",
           "mm": "millimetres", "ml": "millilitres", "m²": "square metres", "km²": "square kilometres"},
    "de": {"km/h": "Kilometer pro Stunde", "km": "Kilometer", "kg": "Kilogramm", "cm": "Zentimeter", "mm": "Millimeter",
           "ml": "Milliliter", "m²": "Quadratmeter", "km²": "Quadratkilometer"},
    "es": {"km/h": "kilómetros por hora", "km": "kilómetros", "kg": "kilos", "cm": "centímetros", "mm": "milímetros",
           "ml": "mililitros", "m²": "metros cuadrados", "km²": "kilómetros cuadrados"},
    "fr": {"km/h": "kilomètres par heure", "km": "kilomètres", "kg": "kilos", "cm": "centimètres", "mm": "millimètres",
           "ml": "millilitres", "m²": "mètres carrés", "km²": "kilomètres carrés"},
    "it": {"km/h": "chilometri all'ora", "km": "chilometri", "kg": "chili", "cm": "centimetri", "mm": "millimetri",
           "ml": "millilitri", "m²": "metri quadrati", "km²": "chilometri quadrati"},
    "pt": {"km/h": "quilômetros por hora", "km": "quilômetros", "kg": "quilos", "cm": "centímetros", "mm": "milímetros",
           "ml": "mililitros", "m²": "metros quadrados", "km²": "quilômetros quadrados"},
    "nl": {"km/h": "kilometer per uur", "km": "kilometer", "kg": "kilo", "cm": "centimeter", "mm": "millimeter",
           "ml": "milliliter", "m²": "vierkante meter", "km²": "vierkante kilometer"},
    "zh": {"km/h": "公里每小时", "km": "公里", "kg": "公斤", "cm": "厘米", "mm": "毫米", "ml": "毫升", "m²": "平方米",
           "km²": "平方公里"},
}  # fmt: skip
ALIKE = {"m2": "m²", "km2": "km²", "㎡": "m²", "㎢": "km²", "㎞": "km", "㎏": "kg", "㎝": "cm", "㎜": "mm", "㎖": "ml"}
"""Other ways to write units."""
MONTHS = {
    "en": ("January", "February", "March", "April", "May", "June",
           "July", "August", "September", "October", "November", "December"),
    "de": ("Januar", "Februar", "März", "April", "Mai", "Juni",
           "Juli", "August", "September", "Oktober", "November", "Dezember"),
    "es": ("enero", "febrero", "marzo", "abril", "mayo", "junio",
           "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"),
    "fr": ("janvier", "février", "mars", "avril", "mai", "juin",
           "juillet", "août", "septembre", "octobre", "novembre", "décembre"),
    "it": ("gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno",
           "luglio", "agosto", "settembre", "ottobre", "novembre", "dicembre"),
    "pt": ("janeiro", "fevereiro", "março", "abril", "maio", "junho",
           "julho", "agosto", "setembro", "outubro", "novembro", "dezembro"),
    "nl": ("januari", "februari", "maart", "april", "mei", "juni",
           "juli", "augustus", "september", "oktober", "november", "december"),
}  # fmt: skip
