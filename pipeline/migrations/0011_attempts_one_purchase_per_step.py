from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("pipeline", "0010_step_error_details"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="attempt",
            name="attempts_one_success_per_step",
        ),
        migrations.AddConstraint(
            model_name="attempt",
            constraint=models.UniqueConstraint(
                condition=models.Q(("local", False), ("status", "succeeded")),
                fields=("step",),
                name="attempts_one_purchase_per_step",
            ),
        ),
    ]
