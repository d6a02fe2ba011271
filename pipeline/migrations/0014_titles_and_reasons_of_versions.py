from django.db import migrations, models

SOON = "SET LOCAL lock_timeout = '5s'"
"""Rather fail, and be tried again, than have everybody else wait behind a table that is in use."""


class Migration(migrations.Migration):
    dependencies = [
        ("pipeline", "0013_words_of_films"),
    ]

    operations = [
        migrations.RunSQL(SOON, SOON),
        migrations.AddField(
            model_name="run",
            name="reason",
            field=models.CharField(
                blank=True, default="", help_text="The sentence or act that began it.", max_length=200
            ),
        ),
        migrations.AddField(
            model_name="script",
            name="instructions",
            field=models.TextField(blank=True, default="", help_text="What its writer was told, the newest first."),
        ),
        migrations.AddField(
            model_name="script",
            name="reason",
            field=models.CharField(
                blank=True, default="", help_text="The sentence or act that made it.", max_length=200
            ),
        ),
        migrations.AddField(
            model_name="script",
            name="title",
            field=models.CharField(
                blank=True, default="", help_text="Of the film, while this is its script.", max_length=200
            ),
        ),
    ]
