from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    """Apart, because reading all rows would keep the lock of the migration before."""

    dependencies = [("media_assets", "0012_types_follow_keys")]

    operations = [ValidateConstraint(model_name="asset", name="assets_known_type")]
