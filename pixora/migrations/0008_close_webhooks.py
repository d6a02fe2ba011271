from django.db import migrations

from pixora import row_security


class Migration(migrations.Migration):
    dependencies = [
        ("pipeline", "0021_webhook_addresses"),
        ("pixora", "0007_close_seen_stills"),
    ]

    operations = [migrations.RunPython(row_security.apply, migrations.RunPython.noop)]
