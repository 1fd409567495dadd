"""Order numbers come from a sequence of their own: never reused, never a basket's id."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("sales", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "CREATE SEQUENCE sales_order_number START 100001",
            "DROP SEQUENCE sales_order_number",
        )
    ]
