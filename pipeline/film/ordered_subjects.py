"""PURE: the subject of a prompt in Spanish, French, Italian, Portuguese or Dutch: what is said behind its order."""

from __future__ import annotations

import re
from functools import cache

_WISHES = {
    "es": r"(?:(?:yo |nosotros )?(?:necesit(?:o|amos)|qui(?:ero|siera)|queremos|quisiéramos|busc(?:o|amos)|ocupo)|"
    r"(?:me|nos) (?:gustaría(?: tener)?|hace falta|vendría bien|haces|hace|creas|preparas)|"
    r"(?:me |nos )?(?:puedes?|podrías?|podéis) (?:hacer|crear|preparar|generar)(?:me|nos)?|"
    r"(?:haz|hace[dr]|hacé|haga|crea|créa|crear|genera|prepara|monta)(?:me|nos)?)",
    "fr": r"(?:(?:j[’']|je |on |nous |il (?:me |nous )?)(?:aimerais|aimerions|voudr(?:ais|ait|ions)|veux|veut|voulons|"
    r"cherche|cherchons|faut|faudrait)(?: avoir| faire)?|(?:j[’']ai|on a|nous avons|j[’']aurais) besoin(?=\s+d)|"
    r"(?:tu (?:peux|pourrais)|vous pou(?:vez|rriez)|peux-tu|pourrais-tu|pouvez-vous|pourriez-vous) (?:me |nous )?"
    r"(?:faire|créer|préparer)|tu (?:me|nous) fais|(?:fais|faites|crée|créez|prépare|préparez|faire|créer)"
    r"(?:[ -](?:moi|nous))?)",
    "it": r"(?:(?:mi|ci) (?:serv(?:e|irebbe)|fai|fate|crei|prepari|piacerebbe(?: avere)?)|vorre(?:i|mmo)|vogli(?:o|amo)"
    r"|(?:ho|abbiamo|avrei|avremmo) bisogno(?=\s+d)|cerc(?:o|hiamo)|(?:puoi|potresti|potete|può) (?:fare|creare|"
    r"preparare|far|crear)(?:mi|ci)?|(?:fa[mc]{1,2}i|fa(?:i|te)?|crea(?:re|te)?|prepara|realizza|genera)(?:mi|ci)?)",
    "pt": r"(?:(?:eu |nós )?(?:quer(?:o|ia|emos|íamos)|gostar(?:ia|íamos)(?=\s+d)|precis(?:o|amos|ava)(?=\s)|procuro)|"
    r"(?:você |tu )?(?:pode(?:s|ria|rias|m)?|consegue(?:s)?) (?:me |nos )?(?:fazer|criar|preparar|montar)(?:-me|-nos)?|"
    r"(?:me |nos )?(?:faz|faça|fazer|cri[ae]r?|ger[ae]r?|mont[ae]r?|prepar[ae])(?:-me|-nos)?)",
    "nl": r"(?:(?:ik|we|wij) (?:wil(?:len)?|zou(?:den)?|heb(?:ben)?|zoek(?:en)?)(?: graag| wel)?|"
    r"(?:kun|kan|kunt|zou) (?:je|jij|u|jullie)|maak|maken|doe)(?: (?:mij|me|ons|eens|even|graag))*",
}
_KINDLY = (
    r"(?:por favor|s[’']il (?:te|vous) pla[iî]t|stp|svp|per favore|per piacere|se faz favor|alsjeblieft|graag|"
    r"buenas|oye|bonsoir|coucou|buongiorno|buonasera|bom dia|boa tarde|oi|olá|ol[aá] tudo bem|hoi|hallo|hola|bonjour|"
    r"salut|ciao)"
)
_FILMS = {
    "es": r"v[ií]deo(?:clip|s)?|videíto|vid|film|película|corto(?:metraje)?|clip|anuncio|spot|publicidad|reels?|"
    r"tik ?tok|historia|story|stories|animación|tráiler|promo|presentación|cuento|algo",
    "fr": r"vid[ée]os?|film|court[ -]métrage|clip|pub(?:licité)?|spot|annonce|reels?|tik ?tok|story|stories|histoire|"
    r"animation|bande[ -]annonce|teaser|présentation|documentaire|quelque chose",
    "it": r"video(?:clip)?|videino|filmato|filmino|film|clip|spot|pubblicità|annuncio|reels?|tik ?tok|storia|story|"
    r"stories|animazione|trailer|cortometraggio|corto|promo|presentazione|qualcosa",
    "pt": r"v[ií]deo(?:clipe|zinho|s)?|filme|filminho|clipe?|anúncio|comercial|propaganda|publicidade|reels?|"
    r"tik ?tok|história|story|stories|animação|trailer|curta(?:-metragem)?|promo|apresentação|algo",
    "nl": r"video(?:'?tje)?|film(?:pje)?|clip(?:je)?|reclame(?:spot|filmpje)?|spotje?|reels?|tik ?tok|story|verhaal|"
    r"animatie|trailer|promo|iets",
}
_ARTICLE = r"(?:(?:d[’']|de |di )?(?:un[ae]?|uno|um|uma|een|algún|otro|un altro|un autre|outro)\s+|un[’']|d[’']une?\s+)"
_LENGTH = (
    r"(?:(?:de|di|da|d[’']|van|en)\s*)?(?:\d+\s?(?:s|seg\w*|sec\w*|min\w*|m)|"
    r"[^\W\d]+ (?:segundos?|secondes?|second[io]|seconden|minut\w*|minuto?s?))\b"
)
_PLACE = (
    r"(?:para|pour|per|pra|pro|voor|en|no|na|su|sur|op|in|da)\s+(?:(?:o|a|el|la|las|los|le|les|mi|mon|il|i|mio|mijn|de|"
    r"nuestro|notre|nossa?|onze)\s+)?(?:instagram|insta|ig|tik ?tok|youtube|facebook|fb|linkedin|whats ?app|redes"
    r"(?: sociales| sociais)?|stor(?:y|ie|ies)|reels?|social(?: media)?|réseaux(?: sociaux)?|web|página|sito|site|"
    r"canal|estados?|statut|stato|niños|enfants|bambini|crianças|kinderen)\b"
)
_ABOUT = {
    "es": r"sobre|acerca de|del|de|para|pa|con|en (?:el|la) que(?: se vea| salga)?|donde(?: se vea| salga)?|"
    r"que (?:muestre|explique|cuente|hable (?:sobre|de)|presente|promocione|anuncie|enseñe|trate (?:sobre|de))|"
    r"(?:explic|mostr|cont|present|enseñ)ando",
    "fr": r"sur|à propos (?:de|du|des)|au sujet (?:de|du|des)|du|des|de|d[’']|pour|avec|où on voit|"
    r"qui (?:montre|explique|raconte|parle (?:de|du|des)|présente)|(?:expliqu|montr|racont|présent)ant",
    "it": r"su|sul|sull[aoe]|sui|sugli|sull[’']|del|dell[aoe]|dei|degli|dell[’']|di|per|con|in cui(?: si vede)?|"
    r"dove si vede|che (?:mostr[ia]|spieg(?:hi|a)|racconti?|parl[ia] (?:di|del)|present[ia])|"
    r"(?:spieg|mostr|raccont|present)ando",
    "pt": r"sobre|acerca d[eoa]|d[oa]s?|de|para|pa|pr[oa]s?|com|em que(?: aparece)?|onde(?: aparece)?|"
    r"que (?:mostre|explique|conte|fale (?:sobre|d[eoa])|apresente|divulgue)|(?:explic|mostr|cont|apresent)ando",
    "nl": r"over|van|voor|met|waarin|dat (?:laat zien|uitlegt)",
}
_SHOWS = re.compile(
    r"(?:explicar|mostrar|presentar|promocionar|anunciar|celebrar|contar|enseñar|expliquer|montrer|présenter|promouvoir|"
    r"annoncer|fêter|célébrer|raconter|spiegare|mostrare|presentare|promuovere|annunciare|festeggiare|raccontare|"
    r"apresentar|divulgar|promover|comemorar|ensinar)\s+(?=\w)",
    re.IGNORECASE,
)
"""Between the link and the subject: "pour présenter mon salon"."""
_JOINED = {
    "es": {"del": "el"},
    "fr": {"du": "le", "des": "les"},
    "it": {"sul": "il", "sulla": "la", "sullo": "lo", "sui": "i", "sugli": "gli", "sulle": "le", "sull": "l",
           "del": "il", "della": "la", "dello": "lo", "dei": "i", "degli": "gli", "delle": "le", "dell": "l"},
    "pt": {"do": "o", "da": "a", "dos": "os", "das": "as", "pro": "o", "pra": "", "pros": "os", "pras": "as"},
    "nl": {},
}  # fmt: skip
"""The article in what a preposition was joined with."""
_AUDIENCE = re.compile(
    r"\s+(?:para|pour|per|voor|pra|a|aos?|aux|ai|agli)\s+(?:(?:o|a|os|as|el|la|los|las|le|les|il|i|gli|mi|mis|ma|mes|"
    r"mon|mia|miei|minha|meus|de|mijn|una?|une|uma)\s+)?(?:escuela|clase|colegio|niños|alumn[oa]s|trabajo|école|classe|"
    r"élèves|enfants|travail|scuola|bambini|alunni|studenti|lavoro|escola|aula|turma|crianças|trabalho|school|klas|"
    r"kinderen|leerlingen|werk)(?:\s+d(?:e|i|a|u|[’'])\s*[\wº°ª]+){0,3}\s*$",
    re.IGNORECASE,
)
"""Whom a film about something is for."""
_ASKS = re.compile(
    r"¿|(?:c[oó]mo|por qu[eéê]|qu[eé]|cu[aá]ndo|comment|pourquoi|quand|qu[ei]|come|perch[eé]|quando|cosa|waarom|"
    r"hoe|wat)\b",
    re.IGNORECASE,
)
"""A film may be about a question."""
_OF_IT = frozenset(("sobre", "acerca de", "sur", "su", "sul", "sulla", "sull", "over"))
_END = re.compile(r"(?<=[.!?])\s+")
_STOPPED = re.compile(r"[.!?…]$")


@cache
def _order(language: str) -> re.Pattern[str]:
    film, about = _FILMS[language], _ABOUT[language]
    between = rf"(?:[\s,]+(?:{_LENGTH}|{_PLACE}|(?!(?:{about})(?![\w]))[\w’'-]+(?=[\s,]))){{0,3}}"
    before = rf"(?:(?!(?:{film}|{about})\b)[\w’'-]+\s+){{0,2}}?"
    wished = (
        rf"(?:{_WISHES[language]}\s+(?:{_KINDLY}\s+)?(?:{_ARTICLE}|otro\s+)?|{_ARTICLE}|(?=(?:v[ií]d[ée]o|reels?)\b))"
    )
    return re.compile(
        rf"^\W*(?:{_KINDLY}[\s,!.]+)*{wished}{before}(?:{film})\b{between}[\s,]+(?P<link>{about})"
        rf"(?:\s+|(?<=[’']))(?P<subject>\S.*)$",
        re.IGNORECASE | re.DOTALL,
    )


_SEEN = re.compile(
    r",?\s+(?:que se vean?|donde se vean?|en (?:el|la) que se vean?|qu[’']on voie?|où on voit|(?:in cui|dove|che) si "
    r"ved(?:a|e|ano|ono)|que apareçam?|onde apareçam?|waarin je)\s.*$",
    re.IGNORECASE | re.DOTALL,
)
"""What is to be seen, which nobody says aloud."""


@cache
def _wished_last(language: str) -> re.Pattern[str]:
    """Behind what somebody tells: "mi abuela cumple 90 años y quiero un vídeo bonito"."""
    film = rf"(?:[\w’'-]+\s+)?(?:{_FILMS[language]})\b(?:\s+[\w’'-]+){{0,3}}"
    return re.compile(rf"(?:,|\s+(?:y|et|e|en))\s+{_WISHES[language]}\s+{_ARTICLE}{film}[\s.!]*$", re.IGNORECASE)


def is_read(language: str | None) -> bool:
    return language in _WISHES


def subject(text: str, language: str) -> str:
    """Return what a prompt orders a film about, with its article, and what follows; all of it where it orders none."""
    found = _order(language).match(text)
    if found is None:
        return _wished_last(language).sub("", text)
    link, about = found["link"].lower(), _SHOWS.sub("", found["subject"], count=1)
    first, *others = _END.split(about, maxsplit=1)
    if first.endswith("?") and not _ASKS.match(first):
        first = first.rstrip(" ?")
    first = _SEEN.sub("", first)
    if link.rstrip("’'") in _OF_IT:
        first = _AUDIENCE.sub("", first)
    article = _JOINED[language].get(link.rstrip("’'"), "")
    joint = "" if not article else "'" if link.endswith(("’", "'")) else " "
    return " ".join([f"{article}{joint}{first}{'.' if others and not _STOPPED.search(first) else ''}", *others])
