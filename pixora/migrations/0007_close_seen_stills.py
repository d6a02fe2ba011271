from django.db import migrations

from pixora import row_security


class Migration(migrations.Migration):
    dependencies = [
        ("pipeline", "0020_seen_stills"),
        ("pixora", "0006_close_own_voices"),
    ]

    operations = [migrations.RunPython(row_security.apply, migrations.RunPython.noop)]
