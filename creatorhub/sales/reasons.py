"""Why buyers ask for money back, and why it waits meanwhile. `foundation.reasons` has the rest."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from creatorhub.foundation.reasons import register_reason

register_reason(
    "refund_asked",
    _("The buyer asked for this money back."),
    _("Answering the buyer ends this; without an answer our team decides."),
)
register_reason(
    "wrong_item",
    _("Something else arrived than what was ordered."),
    _("The money goes back to the buyer."),
)
register_reason(
    "not_arrived",
    _("The order did not arrive."),
    _("The money goes back to the buyer."),
)
register_reason(
    "does_not_open",
    _("The file does not open or is not complete."),
    _("The money goes back to the buyer."),
)
register_reason(
    "goodwill",
    _("The shop gives part of the price back."),
    _("The money goes back to the buyer."),
)
register_reason(
    "paid_too_much",
    _("More was paid than the order costs."),
    _("The difference goes back to the buyer by itself."),
)
register_reason(
    "processor_fee",
    _("The payment provider keeps this part of every payment."),
    _("Nothing more happens here. It stays with the provider when the buyer gets money back."),
)
