from django.db import migrations

from pixora import row_security


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_devices_mails_and_closing"),
        ("pixora", "0003_close_model_calls"),
    ]

    operations = [migrations.RunPython(row_security.apply, migrations.RunPython.noop)]
