from django.db import migrations

from pixora import row_security


class Migration(migrations.Migration):
    dependencies = [
        ("pipeline", "0024_shares"),
        ("pixora", "0008_close_webhooks"),
    ]

    operations = [migrations.RunPython(row_security.apply, migrations.RunPython.noop)]
