from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("media_assets", "0008_text_uploads_are_valid")]

    operations = [
        migrations.RemoveConstraint(model_name="asset", name="assets_known_type"),
        migrations.AlterField(
            model_name="asset",
            name="asset_type",
            field=models.CharField(
                choices=[
                    ("character", "Character"),
                    ("scene", "Scene"),
                    ("audio", "Audio"),
                    ("line", "Line"),
                    ("music", "Music"),
                    ("video", "Video"),
                    ("reference", "Reference"),
                    ("render", "Render"),
                ],
                max_length=16,
            ),
        ),
        AddConstraintNotValid(
            model_name="asset",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "asset_type__in",
                        ["character", "scene", "audio", "line", "music", "video", "reference", "render"],
                    )
                ),
                name="assets_known_type",
            ),
        ),
    ]
