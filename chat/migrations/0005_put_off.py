import django.contrib.postgres.operations
from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SOON = "SET LOCAL lock_timeout = '5s'"
"""Rather fail, and be tried again, than have everybody else wait behind a table that is in use."""


def take_up(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Before it, nothing could be put off: such a message is answered once more."""
    apps.get_model("chat", "Message").objects.filter(turn="put_off").update(turn="waiting")


class Migration(migrations.Migration):
    """Nothing here reads the table: the rows there are, and the index, are left to the next one."""

    dependencies = [
        ("chat", "0004_newest_first"),
        ("pipeline", "0014_titles_and_reasons_of_versions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(SOON, SOON),
        migrations.RemoveConstraint(
            model_name="message",
            name="messages_known_turn",
        ),
        migrations.AddField(
            model_name="message",
            name="put_off",
            field=models.JSONField(
                blank=True,
                help_text="Why it waits for the script, or waited, and what had been done until then.",
                null=True,
            ),
        ),
        migrations.AlterField(
            model_name="message",
            name="turn",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "None"),
                    ("waiting", "Waiting"),
                    ("answering", "Answering"),
                    ("answered", "Answered"),
                    ("failed", "Failed"),
                    ("put_off", "Put Off"),
                ],
                default="",
                max_length=16,
            ),
        ),
        django.contrib.postgres.operations.AddConstraintNotValid(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(("turn__in", ["", "waiting", "answering", "answered", "failed", "put_off"])),
                name="messages_known_turn",
            ),
        ),
        migrations.RunPython(migrations.RunPython.noop, take_up),
    ]
