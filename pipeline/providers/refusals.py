"""Every vendor's refusal in our words: which of prompt and picture was refused, and what to do about it."""

from __future__ import annotations

from pipeline.providers.gentler_prompt import soften
from pixora.foundation.errors import ProviderError, Trouble

MAX_QUOTED = 400


def refused_prompt(prompt: str, categories: tuple[str, ...] = (), *, trouble: Trouble = "") -> ProviderError:
    """`prompt` is what a user can change; a softened one is offered, whole in `details`."""
    softened = soften(prompt)
    quoted = softened if len(softened) <= MAX_QUOTED else f"{softened[:MAX_QUOTED]}…"
    return ProviderError(
        f'The prompt breaks the generator\'s rules{_because(categories)}. Say it softer, for instance: "{quoted}"',
        code="refused_prompt",
        details={"refused": "prompt", "categories": list(categories), "softened_prompt": softened},
        trouble=trouble,
    )


def refused_picture(categories: tuple[str, ...] = (), *, trouble: Trouble = "") -> ProviderError:
    return ProviderError(
        f"The reference picture breaks the generator's rules{_because(categories)}: use another picture.",
        code="refused_picture",
        details={"refused": "picture", "categories": list(categories)},
        trouble=trouble,
    )


def refused_words() -> ProviderError:
    """Return the refusal of a vendor that does not say which words, or why."""
    return ProviderError(
        "The generator refused these words: describe it in another, milder way.",
        code="refused_prompt",
        trouble="refused",
    )


def refused_still() -> ProviderError:
    """Return the refusal of the still that a clip was to be made from."""
    return ProviderError(
        "The generator refused this picture: change the scene's picture first, then make the clip again.",
        code="refused_picture",
        trouble="refused",
    )


def _because(categories: tuple[str, ...]) -> str:
    return f" ({', '.join(categories)})" if categories else ""
