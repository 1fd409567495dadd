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

# What a payee does themselves, or chose ---------------------------------------------------------
register_reason(
    "not_ready",
    _("Whoever pays you still needs something from you."),
    _("Finishing it under “How you are paid” ends this."),
)
register_reason(
    "below_threshold",
    _("The amount is still below what you asked to be paid from."),
    _("It is paid once enough has come together, or when you choose a lower amount."),
)
register_reason(
    "paid_monthly",
    _("You asked to be paid once a month."),
    _("It leaves on the first payout day of the month."),
)

# Why money did not arrive, or does not come back ------------------------------------------------
register_reason(
    "transfer_refused",
    _("The payment provider did not accept the payout."),
    _("The next payout tries again; check what is missing under “How you are paid”."),
)
register_reason(
    "bank_details_wrong",
    _("The bank says that the account details are not right."),
    _("Typing them again under “How you are paid” ends this."),
)
register_reason(
    "account_closed",
    _("The bank says that this account is closed."),
    _("Another account under “How you are paid” ends this."),
)
register_reason(
    "bank_refused",
    _("The bank sent the payout back."),
    _("The next payout tries again."),
)
register_reason(
    "batch_refused",
    _("A payout was stopped before it left, to be looked at again."),
    _("It goes out again with the next payout."),
)
register_reason(
    "reversal_refused",
    _("What was paid out could not be taken back."),
    _("Your next sales settle it."),
)
