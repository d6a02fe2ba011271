"""PURE: the words by which it is known what of a prompt is told, and what only says how the film should be."""

from __future__ import annotations

import re

_FLAGS = re.IGNORECASE
_UNIT = r"(?:seconds?|secs?|s|minutes?|mins?|sekunden?|minuten?|segundos?|minutos?|secondes?|secondi|सेकंड|मिनट)"
LENGTH_BEFORE = re.compile(rf"^((?:an?|the|un|une|ein|eine)\s+)?\d+[\s-]*{_UNIT}[\s-]+(?:long\s+)?(?=[^\W\d])", _FLAGS)
"""Of "A 30-second history of the Wall"."""

_FILM = (
    r"(?:videos?|films?|movies?|clips?|shorts?|reels?|ads?|adverts?|advertisements?|commercials?|trailers?|teasers?|"
    r"spots?|"
    r"animations?|cartoons?|montage|documentary|presentation|intro|vlog|post|kurzfilm|werbespot|werbung|erklärvideo|"
    r"vídeos?|vidéos?|película|anuncio|anúncio|filmpje|filmati?|filmes?|publicité|pubblicità|कहानी|वीडियो|फिल्म|视频|"
    r"短片|影片)"
)
FILM_WORDS = re.compile(
    rf"(?:(?:please|make|create|do|me|us|an?|the|my|new|some|short|quick|nice|little|bitte|mach\w*|mir|einen?|un|"
    rf"une?|una|uma|"
    rf"\d+\s*[-\s]?{_UNIT}|\d+\s*秒钟?|{_FILM}|का|एक|बनाओ|बनाएं|बनाइए|for|of|about|de|von|instagram|tiktok|"
    rf"youtube)[\s-]*)+",
    _FLAGS,
)
ORDERED_FILM = re.compile(
    rf"(?=.*\b{_FILM}\b)(?:(?:please|pls|can|could|would|will|you|u|we|i|i'd|like|want|need|make|create|do|turn|me|us|it|"
    rf"that|this|these|out|of|from|about|into|as|for|an?|the|my|our|new|some|short|quick|nice|little|cool|vertical|square|"
    rf"bitte|mach\w*|erstell\w*|dreh\w*|kannst|könntest|können|du|sie|ich|wir|möchte\w*|hätte\w*|will|brauche\w*|gerne?|"
    rf"mir|uns|ein(?:e[nrs]?)?|kurz\w*|schön\w*|klein\w*|davon|daraus|draus|dazu|darüber|von|über|in|im|mit|mal|"
    rf"fais|faites|fait|une?|de|court\w*|haz|hazme|un|una|fammi|fai|faça|um|uma|"
    rf"\d+\s*[-\s]?{_UNIT}|{_FILM})\b[\s,-]*)+",
    _FLAGS,
)
"""A sentence that orders a film of what the others tell: "Please make a short video out of it."."""
HEAD = re.compile(
    r"(?:[\w-]+ ){0,2}(?:video|film|clip|spot|movie|reel)|pitch|tutorial|trailer|teaser|promo|explainer|how-?to|"
    r"anleitung|tutoriel|"
    r"tutorial|commercial|advertisement|ad|werbung|anzeige|anuncio|publicité|pubblicità|anúncio|广告|视频|宣传片",
    _FLAGS,
)
"""What before a colon names the sort of film alone."""
POEM = re.compile(
    r"^(?:(?:an?|un|une|una|uma|um|ein|eine)\s+)?(?:short |kurze[s]? )?(?:poem|song|rap|tale|fable|cuento|conto|"
    r"histoire|storia|fiaba|"
    r"gedicht|lied|geschichte|märchen)\s+(?:about|sobre|sur|su|über)\s+",
    _FLAGS,
)
ITALIAN_ABOUT = re.compile(
    r"\b(video|film|filmato|corto|cortometraggio|documentario) (sull['’]|sullo |sulla |sul |sui |sugli |sulle )\s*",
    _FLAGS,
)
ITALIAN_ARTICLES = {
    "sull'": "l'",
    "sull’": "l’",
    "sullo ": "lo ",
    "sulla ": "la ",
    "sul ": "il ",
    "sui ": "i ",
    "sugli ": "gli ",
    "sulle ": "le ",
}
""" "sui cani" is about "i cani"."""
LENGTH_WITHIN = re.compile(rf"\s*\b(?:in|within|in under|under)\s+\d+\s*{_UNIT}\b(?=\s+\w)", _FLAGS)
""" "Explain in 20 seconds why …"."""
HOW = re.compile(
    r"(?:(?:an?|the|eine?)\s+)?(?:ad|advert|advertisement|explanation|explainer|story|werbung|erklärung|geschichte)"
    r"(?:\s+(?:for|für)\s+(?:customers|beginners|children|kids|everyone|kunden|einsteiger|anfänger|kinder))?|"
    r"(?:as an? )?(?:poem|song|rap|haiku|musical|letter|joke|fairy tale|cartoon)|(?:als|como un|comme un|come una?) "
    r"(?:gedicht|lied|poema|canción|poème|poesia)|step by step|schritt für schritt|paso a paso|étape par étape|"
    r"pas à pas|"
    r"passo (?:a|dopo|per) passo|一步一步|like i(?:'m| am| was) .{1,20}|eli5|b2b|b2c|in (?:simple|plain|easy) (?:words|"
    r"terms|language)|"
    r"einfach erklärt|for (?:instagram|insta|tiktok|youtube|linkedin|facebook|whatsapp|social media|"
    r"my (?:website|channel|class))|"
    r"cinematic|watercolou?r|anime|documentary|noir|clay(?:mation)?|aquarell|acuarela|aquarelle|acquerello|vertical|"
    r"horizontal|hochkant|"
    r"portrait|landscape|square|"
    r"(?:(?:very|really|a bit|quite|super|sehr|etwas|eher|ganz) )?"
    r"(?:calm|funny|serious|emotional|upbeat|warm|cosy|cozy|dramatic|professional|friendly|cute|short|"
    r"simple|cheerful|happy|gentle|lively|romantic|festive|playful|relaxed|energetic|inspiring|"
    r"gemütlich|herzlich|ruhig|lustig|fröhlich|ernst|festlich|verspielt|emotional|romantisch|schwungvoll|modern|"
    r"stimmungsvoll|alegre|tranquilo|divertido|emotivo|gai|calme|chaleureux|allegro|calmo|divertente)"
    r"(?: tone| mood)?",
    _FLAGS,
)
"""A part of a sentence that only says how it should be told."""
_TALK = (
    r"(?:(?:music|voice|narration|style|tone|mood|colou?rs) (?:should|must|needs)\b|use|add|include|insert|"
    r"make (?:it|this|sure|the (?:film|video|clip))|keep (?:it|this|the)|don't|do not|avoid|"
    r"(?:it|this) (?:should|must|has to|needs to|is for)\b|should (?:be|feel|look|last)|"
    r"the (?:film|video|clip|ad|music|style|tone|mood|narrator|narration|voice-?over|voice|pacing|pace|camera|look)\b|"
    r"(?:no|with|without) (?:\w+ )?(?:music|narration|voice-?over|voice|text|subtitles|captions)\b|"
    r"(?:music|style|tone|mood|format|length|duration|audience|target(?: audience| group)?|language|voice|"
    r"resolution|aspect ratio|"
    r"platform|pace|look|genre|camera)\s*[:=]|(?:i|we)(?: want| need|'d like| would like) (?:it|the (?:film|video))\b|"
    r"for (?:instagram|tiktok|youtube|linkedin|facebook|social media|my (?:website|channel))\W*$|"
    r"in (?:the |an? )?[\w-]+(?: [\w-]+)? style\b|"
    r"(?:nutze|nimm|verwende|füge|achte|der (?:film|ton|stil|sprecher)|die (?:musik|stimme|stimmung)|das video|"
    r"es soll(?:te)?|"
    r"(?:stil|musik|ton|länge|format|zielgruppe|sprache|stimme|stimmung)\s*:|(?:mit|ohne) (?:\w+ )?(?:musik|"
    r"sprecher|untertitel\w*|text))\b|"
    r"(?:usa|añade|agrega|incluye|que (?:sea|dure|tenga)|debe\b|(?:el|la) (?:vídeo|video|película|música|voz|"
    r"tono) (?:debe|tiene)|"
    r"(?:estilo|música|tono|formato|duración|público|idioma|voz)\s*:|(?:con|sin) (?:música|narración|voz|"
    r"subtítulos))\b|"
    r"(?:utilise|ajoute|inclus|il faut|(?:le|la) (?:film|ton|style|vidéo|musique|voix) (?:doit|est)|"
    r"(?:style|ton|musique|format|durée|public|langue|voix)\s*:|(?:avec|sans) (?:de la )?(?:musique|voix|narration|"
    r"sous-titres))\b|"
    r"(?:aggiungi|includi|deve\b|(?:il|la) (?:video|film|tono|musica|voce) (?:deve|dovrebbe)|"
    r"(?:stile|musica|tono|formato|durata|pubblico|lingua|voce)\s*:|(?:con|senza) (?:musica|voce|narrazione|"
    r"sottotitoli))\b|"
    r"(?:adicione|inclua|deve\b|(?:o|a) (?:vídeo|filme|tom|música|voz) (?:deve|tem)|"
    r"(?:estilo|música|tom|formato|duração|público|idioma|voz)\s*:|(?:com|sem) (?:música|voz|narração|legendas))\b|"
    r"(?:请)?(?:使用|加上|加入|风格|音乐|配乐|语气|格式|时长|不要)|(?:कृपया )?(?:संगीत|शैली|स्टाइल|लंबाई|आवाज़)\s*:?)"
)
ORDER = re.compile(
    r"^(?:(?:i|we) (?:need|want|would like|'d like|have to make) |ich (?:brauche|möchte|will) |(?:necesito|quiero|"
    r"queremos) |(?:je veux|"
    r"j'ai besoin d'|il me faut )|(?:vorrei|voglio|mi serve) |(?:quero|preciso de) )?(?:(?:please )?(?:make|create|"
    r"write) (?:me |us )?)?"
    r"(?:an?|the|our|ein\w*|un[ae]?|uno|uma?|una)? ?(?:[\w-]+ ){0,2}?"
    r"(?:promo|explainer|ad|advert|advertisement|commercial|spot|trailer|teaser|intro|werbung|werbespot|anuncio|"
    r"publicidad|pub|"
    r"publicité|annonce|pubblicità|annuncio|anúncio|propaganda|reclame) (?:for|on|about|of|für|über|para|sobre|de|"
    r"pour|sur|per|su|voor|over)"
    r"\s+(?=\S)",
    _FLAGS,
)
"""What is left of an order for a film before its subject."""
HINDI_ORDER = re.compile(
    r"\s*(?:के बारे में|के लिए|पर)\s+(?:एक\s+)?(?:[\d.]+\s*(?:सेकंड|सेकेंड|मिनट)\s+का\s+)?(?:एक\s+)?(?:छोटा\s+)?"
    r"(?:वीडियो|फिल्म|फ़िल्म|विज्ञापन|कहानी)(?:\s+(?:बनाओ|बनाएं|बनाएँ|बनाइए|बना दो|चाहिए|बनाना है))?(?=\s*(?:[:।,.]|$))"
)
CHINESE_ORDER = re.compile(
    r"^(?:请)?(?:为|给|帮)(.{1,20}?)(?:做|制作|拍|写|来)(?:一个|一部|一段|一条|个)?(?:生日|宣传|介绍|纪念)?(?:广告|视频|短片|宣传片|影片)(?=[：:，。]|$)"
)
QUESTION = re.compile(
    r"(?:(?:why|how|what|where|when|who) (?:is|are|was|were|do|does|did|can|causes?|makes)\b(?! to\b)|¿|pourquoi\b|"
    r"por qu[eé] |"
    r"perch[eé]\b|warum (?:ist|sind|hat|haben|kann|wird|gibt)\b|为什么|क्यों)",
    _FLAGS,
)
DIRECTION = re.compile(rf"(?:please |bitte |and |also |but )*{_TALK}(?! be about)", _FLAGS)
"""A sentence to whoever makes the film, not to who sees it."""
SCENE_COUNT = re.compile(
    r"\s*\b(?:in|mit|en|in)\s+(?:\d{1,2}|one|two|three|four|five|six|zwei|drei|vier|fünf|dos|tres|cuatro|deux|trois|"
    r"quatre|due|tre|quattro|"
    r"três)\s+(?:short |kurzen )?(?:scenes?|szenen?|escenas?|scènes?|scene|cenas?)\b",
    _FLAGS,
)
ANNOUNCED = re.compile(
    r"^(?:(?:and |but )?(?:i|we)(?:'d| would)? (?:want|like|need|have)(?: \w+)? to (?:announce|say|tell|know|"
    r"share)(?: \w+)? that|that)"
    r"\s+(?=\S+\s+\S+\s+\S)",
    _FLAGS,
)
"""Before what somebody wants to have said."""
CALL_IT = re.compile(
    r"(?:(?:it|this|the (?:film|video))(?:'s| is| should be| must be) about|make (?:it|this) about|es (?:geht|"
    r"soll) um|(?:se trata|trata) de|"
    r"il s'agit de|parla di)\s+",
    _FLAGS,
)
LEAD = re.compile(
    r"^(?:please |bitte |por favor |can you |could you )*(?:"
    r"(?:explain|describe|introduce|present|show|tell)(?: (?:me|us|people|everyone|kids))?(?: about|"
    r" to \w+)?(?: of)?\s+|"
    r"(?:open|start|begin|close|finish) (?:on|with)\s+|we see\s+|"
    r"(?:erklär\w*|beschreib\w*|zeig\w*|erzähl\w*)(?: (?:mir|uns|bitte|kurz|mal|von|über))*\s+|"
    r"(?:explica\w*|describ\w*|muestra\w*|cuenta\w*|explique\w*|décri\w*|montre\w*|raconte\w*|spiega\w*|descriv\w*|"
    r"mostra\w*|"
    r"racconta\w*|mostre\w*|conte\w*)(?:-(?:moi|me|nous))?(?: (?:me|nos|cómo|la|el)(?=\s(?:qué|cómo|por)))?\s+|"
    r"leg uit\s+|解释一?下?|介绍一?下?|讲述|展示)",
    _FLAGS,
)
AUDIENCE = re.compile(
    r"\s*\b(?:for (?:(?:the |my |our |a )?(?:\d+(?:st|nd|rd|th)[ -]graders?|\w+ graders?|kids|children|beginners|"
    r"dummies|everyone|"
    r"students|pupils|toddlers|(?:primary |high |elementary )?school(?:ers| class)?)|(?:\d+|five|six|seven|eight|"
    r"ten)[ -]year[ -]olds?)"
    r"|für (?:kinder|anfänger|einsteiger|die \d\. klasse)|para (?:niños|principiantes|crianças|iniciantes)|"
    r"pour (?:les )?(?:enfants|débutants)|"
    r"per (?:bambini|principianti)|(?:,?\s*)step by step)(?=\s*[.,!?]*$)",
    _FLAGS,
)
SLOGAN = re.compile(
    r".{0,40}?\b(?:slogan|motto|tag ?line|catchphrase|claim|eslogan|eslógan|lema|devise|accroche|leitspruch|"
    r"werbespruch|"
    r"slagzin)\b\s*(?:is|ist|lautet|es|est|è|é)?\s*[:：]?\s*|.{0,12}(?:口号|标语|स्लोगन|नारा)[是:：]?\s*",
    _FLAGS,
)
ENDS_WITH = re.compile(
    r"(?:(?:it |the (?:film|video|ad) )?(?:should |must )?(?:end|finish|close)s? (?:it )?(?:with|on)|am (?:ende|"
    r"schluss)|"
    r"(?:ende|schließe|endet|schließt) mit|(?:termina|acaba|cierra)\w* con|(?:finis|termine|finit|"
    r"conclus)\w* (?:par|avec|sur)|"
    r"(?:finisci|termina|chiudi|conclud)\w* con|(?:termin|acab|encerr)\w* com|最后|结尾|以)",
    _FLAGS,
)
THANKS = re.compile(
    r"(?:a )?(?:big |huge |warm )?(?:thank(?:s| you)\b|danke\b|gracias\b|merci\b|grazie\b|"
    r"obrigad[oa]\b|谢谢|感谢|धन्यवाद)",
    _FLAGS,
)
LABEL = re.compile(
    r"(?:price|cost|date|when|where|time|place|venue|location|address|phone|tel|contact|email|open|opening hours|"
    r"hours|dress code|"
    r"rsvp|preis|datum|wann|wo|uhrzeit|ort|adresse|telefon|kontakt|öffnungszeiten|precio|fecha|cuándo|dónde|hora|"
    r"lugar|dirección|"
    r"prix|quand|où|heure|lieu|prezzo|data|quando|dove|ora|luogo|indirizzo|preço|onde|local|价格|时间|地点|कीमत|समय|स्थान|"
    r"तारीख)",
    _FLAGS,
)
"""What stands before such a colon belongs to what stands behind it."""
_PRONOUN = (
    r"(?:i|we|you|he|she|it|they|this|that|these|there|who knows|ich|wir|du|er|sie|es|ihr|yo|nosotros|él|ella|ellos|"
    r"je|nous|tu|il|"
    r"elle|ils|elles|io|noi|lui|lei|loro|eu|nós|ele|ela|eles)"
)
CLAUSE = re.compile(
    rf"(?:(?:and|but|so|then|while|und|aber|dann|doch|y|pero|luego|et|mais|puis|ma|poi|mas|depois|e)\s+(?:now |"
    rf"then |today )?"
    rf"(?:{_PRONOUN}|the|an?|my|our|his|her|their|der|die|das|ein|eine|mein|meine|el|la|los|las|un|una|le|les|mi|"
    rf"mon|ma|il|o|os)\s"
    rf"|(?:{_PRONOUN}|(?:i|we|you|he|she|it|they|that|there)['’](?:s|m|re|ve|ll|d))\s"
    r"|(?:and |und )?(?:then|dann|finally|schließlich|luego|ensuite|poi|depois|after that|next)\s)",
    _FLAGS,
)
"""The beginning of a clause behind a comma."""
FRAGMENT = re.compile(
    r"(?:launching|opening|starting|featuring|made|built|opened|founded|born|closed|available|located|only|just|now|"
    r"free|based|"
    r"run|owned|established|invented|discovered|written|painted|from|since|until|eröffnet|gegründet|geboren|"
    r"eintritt|admission|entry|entrada|entrée|ingresso|gebaut|"
    r"seit|nur|"
    r"jetzt|ab|desde|hasta|solo|sólo|hecho|fundad[ao]|abiert[ao]|depuis|seulement|fondée?|ouverte?|dal|fondat[ao]|"
    r"apert[ao]|"
    r"apenas|só|abert[ao])\s",
    _FLAGS,
)
"""What can stand for itself behind a comma though it is no clause."""
RELATIVE = re.compile(
    r"(?:who|which|whose|where|when|because|que|qui|quien|dont|où|che|cui|der|die|das|den|dem|weil|wenn|dass|met|"
    r"waar)\s",
    _FLAGS,
)
NOUN_PHRASE = re.compile(
    r"(?:an?|the|one|two|three|four|five|my|our|no|\d+|ein|eine|zwei|drei|kein|mein|un|una|une|deux|dos|due|dois|el|"
    r"la|le|il|o)\s",
    _FLAGS,
)
SEQUENCE = re.compile(
    r"^(?:first|firstly|zuerst|als erstes|primero|d'abord|premièrement|prima|primeiro|首先|先|पहले)\b|"
    r",\s*(?:and )?(?:then|dann|danach|luego|"
    r"después|ensuite|puis|poi|depois|finally|zum schluss)\b|，(?:然后|再|接着|最后)|फिर",
    _FLAGS,
)
"""Steps told in one sentence."""
ORDER_WORD = re.compile(
    r"^(first(?:ly)?|second(?:ly)?|third(?:ly)?|then|next|finally|lastly|after that|zuerst|zunächst|als erstes|dann|"
    r"danach|schließlich|zuletzt|zum schluss|primero|luego|después|finalmente|por último|d'abord|ensuite|puis|enfin|"
    r"prima|poi|infine|primeiro|depois|por fim),\s+",
    _FLAGS,
)
"""A word of order before a step; its comma parts nothing."""
ABBREVIATIONS = re.compile(
    r"(?:\b(?:ext|no|nr|dr|mr|mrs|ms|st|approx|ca|vs|inc|ltd|co|prof|sr|jr|tel|art|bzw|usw|etc|e\.g|i\.e|z\.\s?b|"
    r"u\.a|d\.h|núm|sra?|"
    r"av|avda|mme|jan|feb|aug|sept?|oct|nov|dec|okt|dez)\.|(?<![\w.])(?-i:[A-Z])\.|\b(?:am|vom|zum|bis|den|der|"
    r"dem) \d{1,2}\.)(?=\s)",
    _FLAGS,
)
WHO = re.compile(
    r"^((?:my|our|the|an?|his|her|their)\s(?:[\w'’-]+\s){0,4}?[\w'’-]+|[A-Z][\w'’-]+)\s+who\s+(?!(?:i|we|you|he|she|"
    r"they|the|an?|my)\b)"
    r"(\w+)(?!.*\bwho\b)"
)
""" "my dog Max who loves the beach" is said as "My dog Max loves the beach"."""
SPACELESS_HEAD = re.compile(
    r"^(?:请|你|能|可以|帮我|给我|我想|我要|想要|需要|制作|做|创建|生成|创作|写|拍|拍摄|来|一个|一部|一段|一条|一支|个|"
    r"\d+|[一二三四五六十半]+(?=秒|分钟)|秒钟?|分钟|长?的(?=视频|短片|影片|电影|动画|故事|广告|片)|"
    r"视频|短片|影片|电影|动画|广告|关于|有关|介绍|讲述|[：:]|\s)+"
)
SPACELESS_TAIL = re.compile(r"(?:的?\d*秒?的?(?:短?视频|短片|影片|电影|动画|故事|广告|宣传片|纪录片))+(?=[。！？；]?$)")
