from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    """Apart from 0022, because reading all rows would keep that one's lock. Where it validated them, this does nothing."""

    dependencies = [("pipeline", "0026_voice_samples")]

    operations = [
        ValidateConstraint(model_name="attempt", name="attempts_known_status"),
        ValidateConstraint(model_name="modelcall", name="model_calls_known_status"),
    ]
