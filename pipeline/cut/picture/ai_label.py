"""PURE: the visible label of pictures that were generated: a few words in the corner of the frame, in its language."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

VERSION = 1
"""Raised when the label comes to be drawn otherwise."""
FALLBACK = "en"
EM = 1 / 24
"""The letters' size, of the picture's shorter side."""


def words(language: str) -> str:
    """Return the words of the label in a film of this language; in English where it is not known."""
    return WORDS.get(language, WORDS[FALLBACK])


def asked(language: str) -> dict[str, Any]:
    """Return the part of a piece's fingerprint that is about its label."""
    text = words(language)
    return {"text": text, "encoder": hashlib.sha256(json.dumps([EM, VERSION]).encode()).hexdigest()[:16]}


WORDS: Mapping[str, str] = {
    "af": "Met KI gemaak",
    "ar": "صُنع بالذكاء الاصطناعي",
    "bg": "Създадено с ИИ",
    "ca": "Fet amb IA",
    "cs": "Vytvořeno pomocí AI",
    "da": "Lavet med AI",
    "de": "Mit KI erstellt",
    "el": "Δημιουργήθηκε με ΤΝ",
    "en": "Made with AI",
    "es": "Hecho con IA",
    "et": "Loodud tehisaruga",
    "fi": "Tehty tekoälyllä",
    "fr": "Créé avec l’IA",
    "ga": "Déanta le hintleacht shaorga",
    "he": "נוצר באמצעות AI",
    "hi": "AI से बनाया गया",
    "hr": "Izrađeno pomoću AI",
    "hu": "Mesterséges intelligenciával készült",
    "id": "Dibuat dengan AI",
    "it": "Creato con l’IA",
    "ja": "AIで作成",
    "ko": "AI로 제작",
    "lt": "Sukurta naudojant DI",
    "lv": "Veidots ar MI",
    "nl": "Gemaakt met AI",
    "no": "Laget med KI",
    "pl": "Stworzone z użyciem AI",
    "pt": "Feito com IA",
    "ro": "Creat cu IA",
    "ru": "Создано с помощью ИИ",
    "sk": "Vytvorené pomocou AI",
    "sl": "Ustvarjeno z UI",
    "sv": "Skapad med AI",
    "th": "สร้างด้วย AI",
    "tr": "Yapay zekâ ile yapıldı",
    "uk": "Створено за допомогою ШІ",
    "vi": "Được tạo bằng AI",
    "zh": "由 AI 生成",
}
"""“Made with AI”, by the language of the film (ISO 639-1)."""
