from typing import Any

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

IN_SCRIPT = ("style", "aspect_ratio", "language", "voice", "character_consistency")


def agree(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Films whose settings say something else than their script: the script is what their files were made from.

    Versions there are already get the title that their film has.
    """
    task_model, script_model = apps.get_model("pipeline", "Task"), apps.get_model("pipeline", "Script")
    for task in task_model.objects.only("id", "title", "settings").iterator():
        versions = script_model.objects.filter(task_id=task.id)
        versions.update(title=task.title)
        newest = versions.order_by("-version").first()
        settings = _agreeing(task.settings, newest.content) if newest else task.settings
        if settings != task.settings:
            task_model.objects.filter(id=task.id).update(settings=settings)


def _agreeing(settings: dict[str, Any], content: dict[str, Any]) -> dict[str, Any]:
    told = {name: content[name] for name in IN_SCRIPT if name in content}
    if "expected_duration" in content:
        told["duration"] = content["expected_duration"]
    return {**settings, **told}


class Migration(migrations.Migration):
    dependencies = [
        ("pipeline", "0013_words_of_films"),
    ]

    operations = [
        migrations.AddField(
            model_name="run",
            name="reason",
            field=models.CharField(
                blank=True, default="", help_text="The sentence or act that began it.", max_length=200
            ),
        ),
        migrations.AddField(
            model_name="script",
            name="instructions",
            field=models.TextField(blank=True, default="", help_text="What its writer was told, the newest first."),
        ),
        migrations.AddField(
            model_name="script",
            name="reason",
            field=models.CharField(
                blank=True, default="", help_text="The sentence or act that made it.", max_length=200
            ),
        ),
        migrations.AddField(
            model_name="script",
            name="title",
            field=models.CharField(
                blank=True, default="", help_text="Of the film, while this is its script.", max_length=200
            ),
        ),
        migrations.RunPython(agree, migrations.RunPython.noop),
    ]
