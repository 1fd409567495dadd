"""Find a person's orders as a guest by their address, however it was typed."""

import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("sales", "0002_order_numbers")]

    operations = [
        migrations.AddIndex(
            model_name="checkout",
            index=models.Index(
                django.db.models.functions.text.Lower("email"), name="checkout_by_email"
            ),
        ),
    ]
