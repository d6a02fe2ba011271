"""PURE: the times that belong to a thing and not to the film: "40 minutes flight time", "25 min from the station"."""

from __future__ import annotations

import re

_ENDS = r"(?=\s*(?:$|[,.;:!?()–-]|(?:and|und|or|oder|from|per|with|on|to|von|mit|pro|bis)\b))"
_PLACES = (
    r"(?:station|beach|airport|cent(?:re|er)|city|town|downtown|sea|harbou?r|school|metro|subway|tube|bus|train|"
    r"campus|lake|slopes?|lifts?|motorway|highway|hotel|park|market|door|doorstep|bahnhof|strand|flughafen|"
    r"zentrum|stadt\w*|innenstadt|see|meer|hafen|haltestelle|u-bahn|s-bahn|bahn|city|schule|uni)"
)
_BEHIND = re.compile(
    r"\.?[\s-]*(?:of |an |à |de |d'|di )?(?:"
    r"(?:flight|flying|battery|charging|charge|cooking|baking|prep\w*|play(?:ing)?|talk|standby|brewing|delivery|"
    r"drying|waiting|walking|driving|travel) ?-?(?:time|life)\b"
    r"|(?:flug|akku|lade|koch|back|fahr|geh|zubereitungs|brüh|liefer|warte|trocken)(?:lauf)?(?:zeit|dauer)\b"
    rf"|(?:battery|charging|cooking|baking|flying|autonomy|flight|charge){_ENDS}"
    r"|(?:walk|drive|ride|hike|flight|stroll|commute)(?:'s)?(?: away)?(?: (?:from|to) (?:the|our|my|your)\b"
    r"|(?=\s*(?:$|[,.;!])))"
    r"|away\b|by (?:car|bike|train|foot|bus|ferry|boat|tram)\b|on foot\b|to (?:cook|bake|charge|prepare|brew|dry)\b"
    rf"|(?:from|to) (?:the |our |my |your )?(?:\w+ )?{_PLACES}\b"
    rf"|(?:vom|von der|zum|zur|bis zum|bis zur) (?:\w+ )?{_PLACES}\b"
    r"|(?:lang )?(?:backen|kochen|köcheln|braten|rösten|garen|ruhen|ziehen|gehen lassen|kneten|rühren|trocknen)\b"
    r"|(?:in the|in an?) (?:\w+ )?(?:oven|pan|fridge)\b|im (?:ofen|kühlschrank)"
    r"|au four|al horno|en el horno|in forno|no forno"
    r"|zu fuß|entfernt|fu(?:ß|ss)weg|gehweg|mit (?:dem (?:auto|rad|fahrrad|zug|bus)|der bahn)\b"
    r"|(?:vuelo|batería|vol|autonomie|volo|voo|bateria|autonomía)\b|a pie\b|en coche\b|à pied\b|en voiture\b|a piedi\b|"
    r"in auto\b|a pé\b|de carro\b)",
    re.IGNORECASE,
)
_FIRST = re.compile(
    r"(?:\b(?:flight|flying|battery|charging|cooking|baking|prep\w*|playing|talk|standby|brewing|delivery|drying|"
    r"walking|driving|travel)[ -](?:time|life)|"
    r"\b(?:flug|akku|lade|koch|back|fahr|geh|zubereitungs|brüh|liefer|warte)(?:lauf)?(?:zeit|dauer))"
    r"(?: is| of| up to| about| around| only| just| von| ist| bis zu| beträgt| nur|:)*\s*$"
    r"|\b(?:flies|fliegt)(?: (?:about|only|just|etwa|rund))?\s*$"
    r"|\b(?:bake|cook|simmer|boil|roast|steep|dough rest|rise|chill|knead|marinate|cuire|hornear|cuocere)(?: it| them)?"
    r"(?: for| about| another| pendant| durante| per)*\s*$"
    r"|\b(?:ready|done|cooked|baked|charged|charges|cooks|bakes|brews|dries|delivered|flies|fertig|geladen|gar|fliegt|"
    r"lädt|(?:bake|cook|simmer|boil|fry|roast|steep)(?: it| them)?)"
    r" (?:in|within|after|for|up to|nach|bis zu)(?: (?:only|just|under|about|up to|nur|etwa))*\s*$",
    re.IGNORECASE,
)


def is_of_a_thing(before: str, behind: str) -> bool:
    """True where what stands before and behind a time says that it is no length of the film."""
    return bool(_BEHIND.match(behind) or _FIRST.search(before))
