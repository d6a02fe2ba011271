"""PURE: the words in which signs and short forms are spoken, by language."""

from __future__ import annotations

CURRENCIES = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY"}
FORMULAS = frozenset({"CO2", "H2O", "O2", "N2", "CH4", "NO2", "SO2", "N2O", "NH3", "O3", "H2", "H2O2", "H2SO4", "SF6"})
NUMBER_SIGN = {
    "en": "number", "de": "Nummer", "es": "número", "fr": "numéro", "it": "numero", "pt": "número", "nl": "nummer",
    "zh": "第",
}  # fmt: skip
DEGREES = {"en": "degrees", "de": "Grad", "es": "grados", "fr": "degrés", "it": "gradi", "pt": "graus", "nl": "graden"}
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
}  # fmt: skip
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
