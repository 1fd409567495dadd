"""Why payouts of one payee wait. `apps` imports this; each code says what ends it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from creatorhub.foundation.reasons import register_reason

# What staff may freeze a payee for; the first is what is chosen when nothing else fits.
FREEZE_REASONS = ("payee_hold", "identity_unclear", "many_complaints", "suspected_fraud", "law")

register_reason(
    "changed_email",
    _("The e-mail address of this account was changed recently, so payouts wait to keep it safe."),
    _("It ends by itself on the date shown, unless you tell us it was not you."),
)
register_reason(
    "changed_second_factor",
    _("The second factor of this account was changed recently, so payouts wait to keep it safe."),
    _("It ends by itself on the date shown, unless you tell us it was not you."),
)
register_reason(
    "not_me",
    _("You told us that somebody else changed this account. Nothing is paid until we have looked."),
    _("Our team writes to you by the date shown."),
)
register_reason(
    "identity_unclear",
    _("We need to be sure who is paid before money leaves. Nothing is lost."),
    _("Our team answers by the date shown; you can write to us here at any time."),
)
register_reason(
    "many_complaints",
    _("Several buyers said that something was wrong, so payouts wait while we look into it."),
    _("Our team answers by the date shown; you can tell us your side here."),
)
register_reason(
    "suspected_fraud",
    _("Some orders look as if they were not made by real buyers, so payouts wait."),
    _("Our team answers by the date shown; you can tell us your side here."),
)
register_reason(
    "law",
    _("A court or an authority asked us to let this money wait. It stays yours."),
    _("It ends when the authority says so; our team writes to you by the date shown."),
)
register_reason(
    "second_factor_missing",
    _("Before money leaves, your account needs a second factor, so that only you can be paid."),
    _("Setting one up ends this at once."),
)
