"""PURE: sounds in the International Phonetic Alphabet: whether a text is one, and what they are in plain letters.

The letters are those that a reader of English, German or Spanish says about right: good enough for voices that take no
phonemes, and never better than a respelling that somebody wrote.
"""

from __future__ import annotations

import unicodedata

MARKS = "ˈˌ'ːˑ.‿|͡ ˞ʰʲʷ̩̯̃-/[]"
LETTERS = "abcdefghijklmnopqrstuvwxyzæçðøħŋœβθχɐɑɒɓɔɕɖɗɘəɚɛɜɝɞɟɠɡɢɣɤɥɦɧɨɪɫɬɭɮɯɰɱɲɳɴɵɶɸɹɺɻɽɾʀʁʂʃʄʈʉʊʋʌʍʎʏʐʑʒʔʕʙʛʜʝʟᵻᵊ"
SPELLED = {
    "t͡ʃ": "ch", "tʃ": "ch", "d͡ʒ": "j", "dʒ": "j", "t͡s": "ts", "p͡f": "pf",
    "aɪ": "eye", "aʊ": "ow", "ɔɪ": "oy", "ɔʏ": "oy", "eɪ": "ay", "oʊ": "oh", "əʊ": "oh",
    "iː": "ee", "uː": "oo", "ɑː": "ah", "aː": "ah", "ɔː": "aw", "oː": "oh", "eː": "ay", "ɛː": "eh",
    "øː": "ur", "yː": "ue", "ɜː": "ur", "ɛ̃": "an", "ɑ̃": "on", "ɔ̃": "on",
    "æ": "a", "ɑ": "ah", "ɒ": "o", "ɐ": "uh", "ə": "uh", "ɚ": "er", "ɝ": "ur", "ɜ": "ur", "ɛ": "e", "ɪ": "i",
    "ɔ": "o", "ʊ": "oo", "ʌ": "uh", "ʏ": "ue", "y": "ue", "ø": "ur", "œ": "ur", "ɨ": "i", "ʉ": "oo", "ɯ": "oo",
    "ɤ": "uh", "i": "ee", "u": "oo", "ᵻ": "i", "ᵊ": "uh",
    "θ": "th", "ð": "th", "ʃ": "sh", "ʂ": "sh", "ʒ": "zh", "ʐ": "zh", "ŋ": "ng", "ɲ": "ny", "ʎ": "ly", "ç": "h",
    "ɕ": "sh", "ʑ": "zh", "x": "kh", "χ": "kh", "ɣ": "g", "ʁ": "r", "ʀ": "r", "ɹ": "r", "ɾ": "r", "ɻ": "r", "ɡ": "g",
    "ɥ": "w", "ɬ": "l", "ɫ": "l", "ɭ": "l", "j": "y", "β": "v", "ʋ": "v", "ɸ": "f", "ħ": "h", "ɦ": "h", "ɟ": "dy",
    "c": "ky", "q": "k", "ʔ": "", "ʕ": "", "ɱ": "m", "ɳ": "n", "ɖ": "d", "ʈ": "t",
}  # fmt: skip
LONGEST = 3


def is_ipa(text: str) -> bool:
    """True for a text of the alphabet's letters and marks alone, tones included."""
    return all(
        letter in LETTERS or letter in MARKS or unicodedata.category(letter) in ("Mn", "Lm", "Sk") for letter in text
    )


def respelled(ipa: str) -> str:
    """The sounds in plain letters, syllables of it apart: `ˈkøːlɐ` is `kurluh`."""
    text = unicodedata.normalize("NFD", ipa.strip("/[] "))
    syllables = "".join(_spelled(text)).replace(" -", " ").strip("- ")
    return "-".join(filter(None, syllables.split("-")))


def _spelled(text: str) -> list[str]:
    found: list[str] = []
    at = 0
    while at < len(text):
        sound, length = _sound(text, at)
        found.append(sound)
        at += length
    return found


def _sound(text: str, at: int) -> tuple[str, int]:
    """The letters of the sound that begins here, and how many signs it is written with."""
    for length in range(LONGEST, 0, -1):
        known = SPELLED.get(unicodedata.normalize("NFC", text[at : at + length]))
        known = SPELLED.get(text[at : at + length], known)
        if known is not None:
            return known, length
    sign = text[at]
    if sign in "ˈˌ.-":
        return "-", 1
    return (sign if sign.isascii() and (sign.isalpha() or sign == " ") else ""), 1
