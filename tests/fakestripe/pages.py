"""The two places where a browser meets the processor: the hosted page and the onboarding."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from string import Template

from tests.fakestripe.acts import Acts
from tests.fakestripe.books import THREE_DECIMALS
from tests.fakestripe.world import Object, World

PAGE = Template("""<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<link rel="icon" href="data:,">
<title>$title</title>
<style>
body { font: 1rem/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 24rem; padding: 0 1rem }
h1 { font-size: 1.5rem } li { display: flex; justify-content: space-between }
ul { list-style: none; padding: 0 } button, a { display: block; font: inherit; margin: 1rem 0;
padding: .75rem; width: 100%; box-sizing: border-box; text-align: center }
</style>
<body><main><p>Fake Stripe – nothing here is real</p><h1>$title</h1>$body</main></body></html>
""")
ZERO_DECIMALS = {"jpy", "krw", "vnd"}


@dataclass(frozen=True, slots=True)
class Shown:
    """What the browser gets."""

    status: int = 200
    html: str = ""
    location: str = ""


@dataclass(frozen=True, slots=True)
class Pages:
    """Every page, and what its buttons do."""

    world: World
    acts: Acts

    def open(self, method: str, path: str, form: dict[str, str]) -> Shown:
        found = re.fullmatch(r"/(pay|confirm|setup)/(\w+)", path)
        if not found or found[2] not in self.world.objects:
            return Shown(404, _page("Not found", ""))
        show, press = self._rooms()[found[1]]
        with self.world.lock:
            subject = self.world.objects[found[2]]
            return press(subject, form.get("do", "")) if method == "POST" else show(subject)

    def _rooms(self) -> dict[str, tuple[Callable[[Object], Shown], Callable[[Object, str], Shown]]]:
        return {
            "pay": (self._pay_page, self._press_on_pay_page),
            "confirm": (self._confirm_page, self._press_on_confirm_page),
            "setup": (self._setup_page, self._press_on_setup_page),
        }

    def _pay_page(self, session: Object, told: str = "") -> Shown:
        if session["status"] == "complete":
            return Shown(303, location=_back(session, "success_url"))
        if session["status"] == "expired":
            return Shown(410, _page("This page has closed", ""))
        lines = "".join(
            f"<li><bdi>{escape(line['price_data']['product_data']['name'])}</bdi>"
            f"<bdi>{_amount(line['price_data']['unit_amount'], session['currency'])}</bdi></li>"
            for line in session["_lines"]
        )
        total = _amount(session["amount_total"], session["currency"])
        problem = f"<p role=alert>{escape(told)}</p>" if told else ""
        buttons = _buttons(
            pay=f"Pay {total}", secure="Pay with 3-D Secure", decline="Pay with a declined card"
        )
        back = f"<a href='{escape(session['cancel_url'] or '')}'>Back to the shop</a>"
        return Shown(html=_page(f"Pay {total}", f"{problem}<ul>{lines}</ul>{buttons}{back}"))

    def _press_on_pay_page(self, session: Object, pressed: str) -> Shown:
        if session["status"] != "open":
            return self._pay_page(session)
        if pressed == "secure":
            return Shown(303, location=f"/confirm/{session['id']}")
        if pressed == "decline":
            self.acts.decline(session["id"])
            return self._pay_page(session, "Your card was declined. Try another one.")
        self.acts.pay(session["id"])
        return Shown(303, location=_back(session, "success_url"))

    def _confirm_page(self, session: Object) -> Shown:
        buttons = _buttons(complete="Complete authentication", fail="Fail authentication")
        return Shown(html=_page("Is it you? Your bank asks", buttons))

    def _press_on_confirm_page(self, session: Object, pressed: str) -> Shown:
        if pressed == "complete" and session["status"] == "open":
            self.acts.pay(session["id"])
        elif pressed == "fail":
            self.acts.decline(session["id"])
            return self._pay_page(session, "Your bank could not confirm that it is you.")
        return Shown(303, location=_back(session, "success_url"))

    def _setup_page(self, account: Object) -> Shown:
        asked = "".join(
            f"<li>{escape(entry['description'])}</li>"
            for entry in account["requirements"]["entries"]
        )
        buttons = _buttons(finish="Give everything that is asked for", later="Do it later")
        return Shown(html=_page("Get paid", f"<ul>{asked}</ul>{buttons}"))

    def _press_on_setup_page(self, account: Object, pressed: str) -> Shown:
        if pressed == "finish":
            self.acts.finish_onboarding(account["id"])
        return Shown(303, location=account["_return_url"])


def _page(title: str, body: str) -> str:
    return PAGE.substitute(title=escape(title), body=body)


def _buttons(**named: str) -> str:
    pressed = "".join(
        f"<button name=do value={name}>{escape(words)}</button>" for name, words in named.items()
    )
    return f"<form method=post>{pressed}</form>"


def _back(session: Object, which: str) -> str:
    return str(session[which]).replace("{CHECKOUT_SESSION_ID}", session["id"])


def _amount(minor: object, currency: str) -> str:
    decimals = 3 if currency in THREE_DECIMALS else 0 if currency in ZERO_DECIMALS else 2
    return f"{currency.upper()} {Decimal(str(minor)).scaleb(-decimals)}"
