from django.db import migrations

from pixora import row_security


class Migration(migrations.Migration):
    """The private bucket, its policy and row-level security, where the database is one of Supabase's."""

    dependencies = [
        ("accounts", "0003_credit_givers"),
        ("admin", "0003_logentry_add_action_flag_choices"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("chat", "0002_message_owners"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("django_q", "0019_alter_task_options_alter_ormq_key_alter_ormq_lock_and_more"),
        ("media_assets", "0002_take_rules"),
        ("pipeline", "0002_tasks_deleted_and_listed"),
        ("sessions", "0001_initial"),
    ]

    operations = [migrations.RunPython(row_security.apply, row_security.undo)]
