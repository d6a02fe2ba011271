from django.db import migrations

from pixora import row_security


class Migration(migrations.Migration):
    dependencies = [
        ("pipeline", "0025_presets_and_batches"),
        ("pixora", "0009_close_shares"),
    ]

    operations = [migrations.RunPython(row_security.apply, migrations.RunPython.noop)]
