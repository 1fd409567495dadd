"""Find what was bought under an address, however it was typed."""

import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("offers", "0002_initial")]

    operations = [
        migrations.AddIndex(
            model_name="grant",
            index=models.Index(
                django.db.models.functions.text.Lower("email"), name="grant_by_email"
            ),
        ),
    ]
