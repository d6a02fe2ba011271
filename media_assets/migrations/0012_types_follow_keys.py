from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models

KIND_IN_KEY = models.Func(
    models.F("component"),
    models.Value("/"),
    models.Value(1),
    function="split_part",
    output_field=models.CharField(),
)


class Migration(migrations.Migration):
    """A take's type is known by its own component's key: a new kind of component needs no migration any more."""

    dependencies = [("media_assets", "0011_own_voices")]

    operations = [
        migrations.RemoveConstraint(model_name="asset", name="assets_known_type"),
        migrations.AlterField(model_name="asset", name="asset_type", field=models.CharField(max_length=16)),
        AddConstraintNotValid(
            model_name="asset",
            constraint=models.CheckConstraint(
                condition=models.Q(asset_type="render") | models.Q(asset_type=KIND_IN_KEY),
                name="assets_known_type",
            ),
        ),
    ]
