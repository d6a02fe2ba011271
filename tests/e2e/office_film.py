"""What the tests of the back office look at in a browser: a film, its owner, and an operator who is signed in."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from django.conf import settings
from PIL import Image

from pixora.accounts import ledger, roles, sessions, tokens
from pixora.accounts.models import CreditReason, User
from pixora.accounts.roles import Role
from tests.pipeline.admin.films import film


def print_seed() -> None:
    """`{task, user, cookie}` on stdout."""
    alice = User.objects.create_user("alice@example.org")
    operator = User.objects.create_user("operator@example.org")
    roles.set_role(operator, Role.OPERATOR)
    ledger.give(user=alice, amount=100, reason=CreditReason.GRANT, key="grant:alice")
    task = film(alice, title="A lighthouse")
    for asset in task.assets.filter(component__startswith="scene/"):
        path = Path(settings.MEDIA_ROOT) / asset.storage_path
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.new("RGB", (128, 72), (90, 60, 240)).save(path)
    session = sessions.open_session(operator)
    cookie = tokens.issue(session, life=tokens.SESSION_LIFE).token
    sys.stdout.write(json.dumps({"task": task.id, "user": str(alice.id), "cookie": cookie}))
