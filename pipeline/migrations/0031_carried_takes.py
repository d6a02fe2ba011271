from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("pipeline", "0030_carried_edits")]

    operations = [
        migrations.AddField(
            model_name="task",
            name="carried_at",
            field=models.DateTimeField(blank=True, help_text="When it was last decided where its edits go.", null=True),
        ),
    ]
