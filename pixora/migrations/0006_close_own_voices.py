from django.db import migrations

from pixora import row_security


class Migration(migrations.Migration):
    dependencies = [
        ("media_assets", "0011_own_voices"),
        ("pixora", "0005_close_api_keys"),
    ]

    operations = [migrations.RunPython(row_security.apply, migrations.RunPython.noop)]
