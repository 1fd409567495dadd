from django.db import migrations, models


def look(apps, schema_editor):
    """Say of every payee whether their account has a second factor now."""
    payee = apps.get_model("payouts", "Payee")
    authenticator = apps.get_model("mfa", "Authenticator")
    users = authenticator.objects.filter(type__in=("totp", "webauthn")).values("user")
    payee.objects.filter(party__user__in=users).update(has_second_factor=True)


class Migration(migrations.Migration):
    dependencies = [
        ("mfa", "0003_authenticator_type_uniq"),
        ("payouts", "0004_destinations_and_what_came_back"),
    ]

    operations = [
        migrations.AddField(
            model_name="payee",
            name="has_second_factor",
            field=models.BooleanField(
                db_default=False,
                default=False,
                help_text="Kept by `receivers`, so that a run asks nobody",
            ),
        ),
        migrations.RunPython(look, migrations.RunPython.noop, elidable=True),
    ]
