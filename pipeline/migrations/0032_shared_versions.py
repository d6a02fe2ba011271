from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("pipeline", "0031_carried_takes")]

    operations = [
        migrations.AddField(
            model_name="share",
            name="versions",
            field=models.BooleanField(
                db_default=False,
                default=False,
                help_text="Its guests may switch to the film's other languages and shapes.",
            ),
        ),
    ]
