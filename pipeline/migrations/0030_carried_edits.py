from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("pipeline", "0029_versions_found")]

    operations = [
        migrations.AddField(
            model_name="task",
            name="carrying",
            field=models.CharField(
                choices=[
                    ("ask", "Asked each time"),
                    ("all", "In all versions"),
                    ("here", "Only in the one that was edited"),
                ],
                db_default="ask",
                default="ask",
                help_text="Where edits of shared pieces go.",
                max_length=8,
            ),
        ),
        migrations.AddField(
            model_name="task",
            name="carried_version",
            field=models.PositiveIntegerField(
                db_default=0,
                default=0,
                help_text="The script up to which other versions know its edits; 0: it has none.",
            ),
        ),
    ]
