"""Every country a parcel can go to has Oscar's row, so that no checkout has to look for one."""

import phonenumbers
from babel import Locale
from django.db import migrations


def add_countries(apps, schema_editor):
    country = apps.get_model("address", "Country")
    names = Locale("en").territories
    country.objects.bulk_create(
        [
            country(
                iso_3166_1_a2=code,
                name=names[code],
                printable_name=names[code],
                is_shipping_country=True,
            )
            for code in sorted(phonenumbers.SUPPORTED_REGIONS)
        ],
        ignore_conflicts=True,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("sales", "0006_disputes_freezes_and_appeals"),
        ("address", "0007_useraddress_code"),
    ]

    operations = [migrations.RunPython(add_countries, migrations.RunPython.noop)]
