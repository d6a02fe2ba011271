from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently, ValidateConstraint
from django.db import migrations, models


class Migration(migrations.Migration):
    """While messages are written. An index that an earlier try left unfinished is built anew."""

    atomic = False

    dependencies = [
        ("chat", "0005_put_off"),
    ]

    operations = [
        ValidateConstraint(model_name="message", name="messages_known_turn"),
        migrations.RunSQL("DROP INDEX CONCURRENTLY IF EXISTS messages_open_turns", migrations.RunSQL.noop),
        AddIndexConcurrently(
            model_name="message",
            index=models.Index(
                condition=models.Q(("turn__in", ["waiting", "answering", "put_off"])),
                fields=["created_at"],
                name="messages_open_turns",
            ),
        ),
        RemoveIndexConcurrently(model_name="message", name="messages_turns_to_take"),
    ]
