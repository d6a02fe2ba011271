from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("pipeline", "0032_shared_versions")]

    operations = [
        migrations.AddField(
            model_name="task",
            name="only_talk",
            field=models.BooleanField(
                db_default=False,
                default=False,
                help_text="Nothing was said yet that it could be about: no list shows it.",
            ),
        ),
    ]
