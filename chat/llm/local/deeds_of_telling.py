"""PURE: the answers about scenes and their music, and the question where one is disliked; nothing is changed."""

from __future__ import annotations

from chat.llm.local import mentions, talk
from chat.llm.local.deeds_of_scenes import NOTHING, Wish, which
from chat.llm.local.reading import Sentence
from chat.llm.local.steps import Understood, step


def disliked(wish: Wish) -> Understood:
    """Ask what should be different in the scene that is disliked without a reason, or in the film."""
    if len(wish.places) == 1 and (wish.found or wish.sentence.named or mentions.is_at_an_edge(wish.said)):
        return Understood(words=wish.film.say("ask.different", n=wish.places[0]))
    return Understood(words=wish.film.say("ask.unhappy"))


def told_of(wish: Wish) -> Understood:
    """Describe the one scene that is asked about, or all of them."""
    if len(wish.places) == 1:
        scene = Sentence("", f"scene {wish.places[0]}", len(wish.film.places))
        return Understood(words=talk.described(scene, wish.film))
    return story(wish)


def story(wish: Wish) -> Understood:
    """Tell each scene's title with what is spoken in it, or what it shows where nothing is."""
    film = wish.film
    told = [
        film.say("talk.story", n=scene["index"], title=scene["title"], text=scene["script"] or scene["image_prompt"])
        for scene in film.scenes
    ]
    return Understood(words="\n".join([film.say("talk.scenes"), *told]))


def heard(wish: Wish) -> Understood:
    """Tell what music plays in the scenes that are asked about."""
    film = wish.film
    if not film.settings["music"]:
        return Understood(words=film.say("talk.state_music_off"))
    wanted = set(wish.places) if wish.places and wish.is_sure else set(film.places)
    groups = [one for one in film.groups if wanted & set(one["scene_indexes"]) and not one.get("silent")]
    told = [film.say("talk.state_music_of", where=film.where(one["scene_indexes"]), text=one["prompt"])
            for one in groups]  # fmt: skip
    return Understood(words=" ".join(told) or film.say("talk.state_music_off"))


def why(wish: Wish) -> Understood:
    if len(wish.places) != 1:
        return which(wish) if wish.places else NOTHING
    place = wish.places[0]
    scene = wish.film.scene(place)
    told = talk.described(Sentence("", f"scene {place}", len(wish.film.places)), wish.film)
    if not wish.film.is_made or not scene["script"]:
        return Understood(words=told)
    return Understood((step("explain", component=wish.film.key("scene", place)),), told)
