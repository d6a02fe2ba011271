from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0009_programs_keys")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="untranslated",
            field=models.JSONField(
                blank=True,
                db_default=[],
                default=list,
                help_text="Words that stay as they are in translations of any film.",
            ),
        ),
    ]
