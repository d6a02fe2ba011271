"""PURE: what staff are told of a try whose outcome is unknown."""

from __future__ import annotations


def sentence(provider: str, ticket: object, request_id: str) -> str:
    """By what is known of it: a ticket to its job, or its id alone, or nothing."""
    if ticket:
        return "Its job was cancelled too late or could not be cancelled: it may have been paid for."
    if request_id:
        return f"{provider} told of its job only later: it was made and paid for, but not used."
    return (
        f"The request was sent, but no answer came: {provider} may have made it and been paid."
        " Its account shows; the user pays for what was kept alone."
    )
