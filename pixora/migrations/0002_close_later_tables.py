from django.db import migrations

from pixora import row_security


class Migration(migrations.Migration):
    """Closes the tables that were made after the first: uploads, idempotent answers, judgements."""

    dependencies = [
        ("accounts", "0004_idempotent_answers"),
        ("media_assets", "0003_uploads"),
        ("pipeline", "0004_judgements_and_costs"),
        ("pixora", "0001_supabase_row_security"),
    ]

    operations = [migrations.RunPython(row_security.apply, migrations.RunPython.noop)]
