"""What a shop's owner types about the programme."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from creatorhub.accounts.models import User
from creatorhub.affiliates.errors import ProgrammeError
from creatorhub.affiliates.models import Programme
from creatorhub.affiliates.programmes import LONGEST_WINDOW_DAYS, highest_rate_bps
from creatorhub.affiliates.services import change_programme, open_programme
from creatorhub.foundation.amounts import format_rate
from creatorhub.foundation.policy import policy
from creatorhub.shops.models import Shop


class ProgrammeForm(forms.Form):
    """Rate in percent with up to two decimals, window in days, and whether it is open."""

    rate = forms.DecimalField(
        label=_("What they earn of each sale, in percent"),
        min_value=Decimal("0.01"),
        max_digits=9,  # 1E+999999999 is a number too, and too large to reckon with.
        decimal_places=2,
        help_text=_("Of the price a buyer pays for your product, without shipping."),
        error_messages={"min_value": _("A programme pays something: choose a rate above zero.")},
    )
    window_days = forms.IntegerField(
        label=_("How long a click counts, in days"),
        min_value=1,
        max_value=LONGEST_WINDOW_DAYS,
        help_text=_("A sale within this time after a click on somebody's link is theirs."),
    )
    state = forms.ChoiceField(
        label=_("Who can earn"),
        choices=[
            (Programme.State.OPEN, _("Open: anybody can join and earn")),
            (Programme.State.PAUSED, _("Paused: nobody earns on new sales")),
        ],
    )

    def __init__(self, data: Any, *, shop: Shop) -> None:
        self.shop = shop
        self.programme = Programme.objects.filter(shop=shop).first()
        super().__init__(data, initial=self._present())

    def clean_rate(self) -> Decimal:
        rate: Decimal = self.cleaned_data["rate"]
        if int(rate * 100) > highest_rate_bps():
            raise forms.ValidationError(
                _("This rate and the market's fee are more than the price. The most is %(most)s."),
                params={"most": format_rate(highest_rate_bps())},
            )
        return rate

    def save(self, *, actor: User) -> bool:
        """Open or change the programme; False with the reason on the form when it is refused."""
        terms = {
            "rate_bps": int(self.cleaned_data["rate"] * 100),
            "window_days": self.cleaned_data["window_days"],
            "actor": actor,
        }
        state = self.cleaned_data["state"]
        try:
            if self.programme is None:
                self.programme = open_programme(shop=self.shop, **terms)
            change_programme(programme=self.programme, state=state, **terms)
        except ProgrammeError as error:
            self.add_error("rate", str(error.sentence))
            return False
        return True

    def _present(self) -> dict[str, Any]:
        programme, rules = self.programme, policy()
        rate_bps = programme.rate_bps if programme else rules.default_commission_bps
        return {
            "rate": (Decimal(rate_bps) / 100).normalize().__format__("f"),
            "window_days": programme.window_days if programme else rules.attribution_window_days,
            "state": programme.state if programme else Programme.State.OPEN,
        }
