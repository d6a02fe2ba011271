import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("pipeline", "0027_statuses_are_valid")]

    operations = [
        migrations.AddField(
            model_name="task",
            name="family",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                help_text="The first film of all versions; empty: alone.",
                max_length=40,
            ),
        ),
        migrations.AddField(
            model_name="task",
            name="origin",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                help_text="The film that this version was made from.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="made_versions",
                to="pipeline.task",
            ),
        ),
        migrations.AddField(
            model_name="task",
            name="origin_kind",
            field=models.CharField(
                blank=True,
                choices=[("language", "Language"), ("shape", "Shape"), ("cut", "Length")],
                db_default="",
                default="",
                help_text="What differs.",
                max_length=16,
            ),
        ),
    ]
