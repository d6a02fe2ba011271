from django.db import migrations

from pixora import row_security


class Migration(migrations.Migration):
    dependencies = [
        ("pipeline", "0026_voice_samples"),
        ("pixora", "0010_close_presets_and_batches"),
    ]

    operations = [migrations.RunPython(row_security.apply, migrations.RunPython.noop)]
