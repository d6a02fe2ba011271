from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    """Apart, because reading all rows would keep the lock of the migration before."""

    dependencies = [("media_assets", "0007_text_uploads")]

    operations = [ValidateConstraint(model_name="upload", name="uploads_known_kind")]
