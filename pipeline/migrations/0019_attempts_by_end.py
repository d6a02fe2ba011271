from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("pipeline", "0018_models_that_stand_in"),
    ]

    operations = [
        AddIndexConcurrently(
            model_name="attempt",
            index=models.Index(condition=models.Q(("local", False)), fields=["-ended_at"], name="attempts_by_end"),
        ),
    ]
