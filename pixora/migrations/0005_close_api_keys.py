from django.db import migrations

from pixora import row_security


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0009_programs_keys"),
        ("pixora", "0004_close_mails"),
    ]

    operations = [migrations.RunPython(row_security.apply, migrations.RunPython.noop)]
