from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("pipeline", "0028_versions")]

    operations = [
        AddIndexConcurrently(
            model_name="task",
            index=models.Index(
                condition=models.Q(("family", ""), _negated=True), fields=["family"], name="tasks_of_a_family"
            ),
        ),
        AddIndexConcurrently(
            model_name="task",
            index=models.Index(
                condition=models.Q(("origin__isnull", False)), fields=["origin"], name="tasks_by_origin"
            ),
        ),
    ]
