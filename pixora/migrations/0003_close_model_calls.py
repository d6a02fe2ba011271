from django.db import migrations

from pixora import row_security


class Migration(migrations.Migration):
    dependencies = [
        ("pipeline", "0009_model_calls"),
        ("pixora", "0002_close_later_tables"),
    ]

    operations = [migrations.RunPython(row_security.apply, migrations.RunPython.noop)]
