from typing import Any

from django.apps.registry import Apps
from django.db import migrations, transaction
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import OuterRef, Subquery

AT_ONCE = 200
IN_SCRIPT = ("style", "aspect_ratio", "language", "voice", "character_consistency")


def agree(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Films whose settings say something else than their script: the script is what their files were made from.

    Versions there are already get the title that their film has. A transaction locks a few films; repeating it, as
    after a try that was interrupted, changes nothing.
    """
    last: str | None = ""
    while last is not None:
        with transaction.atomic(using=schema_editor.connection.alias):
            last = _agree(apps, after=last)


def _agree(apps: Apps, *, after: str) -> str | None:
    """The id of the last film that was looked at; None where there are no more."""
    task_model, script_model = apps.get_model("pipeline", "Task"), apps.get_model("pipeline", "Script")
    found = task_model.objects.filter(id__gt=after).order_by("id").only("id", "title", "settings")
    tasks = list(found.select_for_update(no_key=True)[:AT_ONCE])
    versions = script_model.objects.filter(task_id__in=[task.id for task in tasks])
    title = task_model.objects.filter(id=OuterRef("task_id")).values("title")
    versions.filter(title="").update(title=Subquery(title))
    newest = {version.task_id: version for version in versions.order_by("task_id", "-version").distinct("task_id")}
    changed = []
    for task in tasks:
        settings = _agreeing(task.settings, newest[task.id].content) if task.id in newest else task.settings
        if settings != task.settings:
            task.settings = settings
            changed.append(task)
    task_model.objects.bulk_update(changed, ["settings"])
    return tasks[-1].id if tasks else None


def _agreeing(settings: dict[str, Any], content: dict[str, Any]) -> dict[str, Any]:
    told = {name: content[name] for name in IN_SCRIPT if name in content}
    if "expected_duration" in content:
        told["duration"] = content["expected_duration"]
    return {**settings, **told}


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("pipeline", "0014_titles_and_reasons_of_versions"),
    ]

    operations = [migrations.RunPython(agree, migrations.RunPython.noop)]
