"""PURE: the words of English that tell what a sentence about the whole film asks for: its price, its state, a stop."""

from __future__ import annotations

STOP = (
    r"(?<!n't )(?<!dont )(?<!not )(?<!never )"
    r"(?:cancel(?! the (?:music|captions?|subtitles?|voice))|abort|stop (?:making|generating|writing|it|that$"
    r"|now|the (?:run|film|video|script|writing))|(?:please )?stop(?: please| now| it| pls)*$)"
)
AGAIN = r"try again|retry|another try|once more(?! from)|try (?:it|that) again"
FILMS = r"(?:my|which|what|all|other)(?: other| are my other)? (?:films|videos|movies)"
CHEAPER = (
    r"cheaper|less expensive|(?:save|reduce|lower|cut) (?:some |the |on )?(?:credits|money|cost|costs|"
    r"price)|too expensive|too much (?:money|credits)|fewer credits|cost less|costs too much|can't afford|budget|"
    r"(?:cost|price|credits).{0,12} without|how much .{0,20} without|why is (?:it|this|that) so (?:expensive|much)"
)
PRICE = (
    r"how much(?! longer| time| more time)|price|costs?|expensive|set me back|how many credits|the damage"
    r"|is (?:it|this|that) free"
)
STALE = (
    r"out of date|outdated|stale|up to date|(?:update|make) (?:them|it all|what (?:no longer fits|is "
    r"missing|has changed|changed))|no longer fits?|what is missing|update (?:the film|the video|it)$"
)
CUT = r"(?:cut|recut|re-cut|edit together|join|assemble) (?:it|the (?:film|video|movie|pieces))(?: again)?(?=\W*$)"
STATUS = (
    r"what(?:'s| is) (?:happening|going on)(?: (?:now|there|here|with it))?(?=\W*$)"
    r"|(?:i|we)(?:'ve| have)? (?:lost|can't find|cannot find) (?:my|the|our) (?:film|video|movie)"
    r"|(?:my|the|our) (?:film|video|movie) (?:is|has|got) (?:gone|lost|disappeared|vanished)"
    r"|how much (?:longer|(?:more )?time)|there yet|time (?:is )?left|eta"
    r"|how long(?: still| left| more| yet| to go)?(?=\W*$)"
    r"|where(?:'s| is) (?:my|the) (?:film|video|movie)|where (?:do|can) (?:i|we) find (?:it|(?:my|the|our) (?:film|"
    r"video|movie))"
    r"|how many (?:more )?(?:seconds|minutes|hours)(?: \w+){0,2} (?:left|more|longer|remain|remaining|still|to go)"
    r"|how many more (?:seconds|minutes|hours)|(?:seconds|minutes) (?:are )?left|how long (?:is|are) (?:\w+ )?left"
    r"|how(?:'s| is) it going|status|how far|(?:done|ready|finished) yet|how long (?:will|does|until)|when"
    r" (?:will|is)|any progress|progress|is it (?:done|ready|finished)|still (?:working|going|making)"
)
WRONG = r"went wrong|what happened|failed?|the problem|isn't it|why"
START = r"(?:please )?(?:start|begin|go|generate|render|make (?:the|my) (?:film|video))"
THIN_ELSEWHERE = (
    r"\W*(?:(?:hola|buenas|buenos días|bonjour|salut|coucou|ciao|salve|buongiorno|olá|oi|bom dia|por favor|"
    r"s'il te plaît|"
    r"s'il vous plaît|per favore|quiero|quisiera|querría|me gustaría|necesito|puedes|hazme|haz|hacer|crear|je veux|"
    r"je voudrais|"
    r"j'aimerais|peux-tu|faire|fais-moi|fais|créer|voglio|vorrei|mi piacerebbe|puoi|fare|fammi|creare|quero|queria|"
    r"gostaria de|"
    r"preciso de|pode|fazer|faça|criar|me|moi|mi|un|una|une|uno|um|uma|pequeño|petit|piccolo|corto|court|curto|nuevo|"
    r"nouveau|"
    r"nuovo|novo|película|peli|vídeo|video|vidéo|film|filme|corto)(?:[\s,.!?¡¿]+|$))+"
)
"""A message that asks for a film and says nothing of it, in Spanish, French, Italian and Portuguese."""
