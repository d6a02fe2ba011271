from django.db import migrations, models
from django.db.models.functions import Now


class Migration(migrations.Migration):
    dependencies = [("pipeline", "0007_the_back_office")]

    operations = [
        migrations.AddField(
            model_name="attempt",
            name="sent_at",
            field=models.DateTimeField(
                blank=True,
                db_default=Now(),
                help_text="When a paid request went out; empty: nothing was sent.",
                null=True,
            ),
        ),
    ]
