"""PURE: the wish of a note: another take of one piece of its scene, or the reason why nothing can be made of it.

A note was written by a stranger. All that it can bring about is another take of a piece of the scene it stands at, with
its words as that take's instruction; whatever else it says stays text.
"""

from __future__ import annotations

import re
from typing import Literal

from pipeline.planning.kinds import Kind

Reason = Literal["praise", "question", "words", "structure", "scene_gone", "not_there", "own", "full"]
REASONS: dict[Reason, str] = {
    "praise": "It asks for no change.",
    "question": "It is a question: answer it.",
    "words": "It asks for other words: change them in the script.",
    "structure": "It asks for another order, length or number of scenes: change that in the script.",
    "scene_gone": "Its scene is no longer in the film.",
    "not_there": "The film has no such piece at this scene.",
    "own": "It is on a file of your own: choose or upload another one.",
    "full": "There are too many notes on this piece for one take: apply the others first.",
}
LETTER = "[a-zß-ÿ]"
PIECES: dict[Kind, str] = {
    Kind.MUSIC: r"music\w*|songs?|tune|soundtrack|melod\w+|\w*musik\w*|lied|música|musique|chanson|musica|canción|音乐",
    Kind.VOICE: (
        r"voice\w*|narrat\w+|speaker|speaks?|spoken|pronounc\w+|accent|stimme\w*|sprecher\w*|spricht|gesprochen"
        r"|aussprache|betonung|voz|locutor\w*|voix|narrateur|voce|narratore|voz|locução|声音|旁白|语速"
    ),
    Kind.CLIP: (
        r"camera|motion|moves?(?! (?:the|that|this|it|him|her|them)\b)|moving|movement|pan|panning|zoom\w*|shak\w+"
        r"|jitter\w*|flicker\w*|animat\w+|kamera\w*|beweg\w+|schwenk\w*|wackel\w*|ruckel\w*|zittert|cámara|se mueve"
        r"|movimiento|caméra|bouge|mouvement|movimento|telecamera|si muove|câmera|mexe|镜头|运动|抖动"
    ),
}
"""The words by which a piece is meant; a note that names none is on the picture."""
WORDS = (
    r"typo|spell\w*|misspell\w*|wording|rephrase|(?:should|must) say|instead of saying|says? [\"“'‘]|sentence"
    r"|caption\w*"
    r"|tippfehler|schreib\w*fehler|falsch geschrieben|wortlaut|formulier\w+|satz\b|untertitel\w*|errata|ortograf\w+"
    r"|faute|orthograph\w+|phrase|sous-titre\w*|refuso|sottotitol\w*|frase|legenda\w*|错别字|字幕|措辞"
)
STRUCTURE = (
    r"(?:remove|delete|drop|cut|skip|lose|swap|move) (?:out )?(?:this|the|that|these)(?: whole)? (?:scene"
    r"|part|bit|shot)s?"
    r"|too (?:long|short)\b|(?:make (?:it|this)|is) (?:shorter|longer)|\bshorten|(?:another|one more"
    r"|extra) scene|reorder"
    r"|zu (?:lang|kurz)\b|kürz\w+|verläng\w+|(?:diese )?szene (?:raus|weg|löschen|streichen)|reihenfolge"
    r"|(?:quita|elimina|borra)\w* (?:esta|la) escena|demasiado (?:larg|cort)\w+|(?:enlev|supprim)\w+ (?:cette|la) scène"
    r"|trop (?:long|court)\w*|(?:togli|elimina)\w* (?:questa|la) scena|troppo (?:lung|cort)\w+|(?:tire"
    r"|remova) (?:esta|a)"
    r" cena|(?:long|curt)[ao] demais|太长|太短|删(?:掉|除)"
)
PRAISE = (
    r"(?:i |we |me |ich |wir |das |ist |it |this |that |is |looks? |really |so |very |sehr |absolutely |echt |just |"
    r"scene |shot |all |the |part |one |here |diese |szene |mir |uns |part |a |me |my |mein |sonst |ansonsten |"
    r"der rest |"
    r"richtig |total |wirklich |ganz |einfach |find(?:e)? |otherwise |apart from that |the rest |sinon |"
    r"por lo demás |per il resto |"
    r"de resto |muy |très |molto |muito |qué |que |c'est |es |está |è |é |un |une |vraiment |mein |meine |big |"
    r"großes )*"
    r"(?:love|loved|like|liked|great|good|nice|perfect|beautiful|awesome|amazing|excellent|lovely|cool|wow|super|toll|"
    r"prima|schön|gut|perfekt|gefällt|klasse|wunderbar|spitze|passt|genial|perfecto|precioso|encanta|bien|parfait|"
    r"superbe|magnifique|adore|bravo|bello|bellissimo|perfetto|ótimo|perfeito|lindo|adorei|ok|okay|fine|thanks?|danke|"
    r"gracias|merci|grazie|obrigad[oa]|很好|喜欢|完美|不错|wunderschön|hübsch|herrlich|kompliment\w*|großartig|fantastisch|"
    r"fantastic|brilliant|stunning|gorgeous|congrat\w*|well done|compliments?|félicitations|enhorabuena|felicidades|"
    r"bonit[oa]|hermos[oa]|joli|beau|belle|complimenti|bell[oa]|stupend[oa]|parabéns|maravilh\w+|太棒了|很棒|真棒|"
    r"बहुत अच्छा|बहुत सुंदर|शानदार|सुंदर)"
    r"(?: it| this| that| one| the| scene| shot| here| so| much| very| sehr| gut| mir| uns| alles| to| me| you| work|"
    r" job| part| a| lot| film| all| wie| es| ist| so| music| voice| picture| musik| stimme| bild| die| das| der)*"
)
QUESTION = (
    r"(?:who|what|why|when|where|whose|which|how come|is (?:this|that|it|he|she)|are (?:these|they|those)|was|wer|was|"
    r"warum|wieso|wann|wo|ist das|sind das|quién|qué|por qué|cuándo|dónde|qui|quoi|pourquoi|quand|où|est-ce|chi|"
    r"perché|quando|dove|quem|por que|onde|谁|什么|为什么)\b"
)


def asked(text: str) -> Kind | Reason:
    """Return the kind of the piece that is to be made again, or why there is none."""
    plain = " ".join(text.casefold().split())
    if all(
        re.fullmatch(rf"\W*{PRAISE}\W*", part) for part in re.split(r"[,.!;…。！]+", plain) if re.search(r"\w", part)
    ):
        return "praise"
    if plain.endswith(("?", "？")) and re.match(QUESTION, plain):
        return "question"
    if _has(plain, WORDS):
        return "words"
    if _has(plain, STRUCTURE):
        return "structure"
    return next((kind for kind, words in PIECES.items() if _has(plain, words)), Kind.STILL)


def _has(plain: str, words: str) -> bool:
    """Whole words, in languages that part them."""
    return re.search(rf"(?<!{LETTER})(?:{words})(?!{LETTER})", plain) is not None
