"""Accounts v2 with the recipient configuration, and the links where they are onboarded."""

from __future__ import annotations

from typing import Any

from tests.fakestripe.endpoints.endpoint import Call, endpoint
from tests.fakestripe.happenings import tell_thinly
from tests.fakestripe.refusals import invalid
from tests.fakestripe.world import Object, World

CAPABILITY = "v2.core.account[configuration.recipient].capability_status_updated"
REQUIREMENTS = "v2.core.account[requirements].updated"
LINK_LIFE = 5 * 60
FIRST_ASKED = ("identity.individual.given_name", "defaults.payout_methods")
INCLUDABLE = {"configuration.recipient": "configuration", "requirements": "requirements"}


@endpoint("POST", "/v2/core/accounts")
def create_account(call: Call) -> Object:
    params, world = call.params, call.world
    recipient = params.get("configuration", {}).get("recipient")
    if recipient is None or "contact_email" not in params:
        raise invalid("The fake knows recipients with a contact e-mail only.")
    account = world.keep(
        {
            "id": world.new_id("acct"),
            "object": "v2.core.account",
            "applied_configurations": ["recipient"],
            "configuration": {
                "recipient": {
                    "applied": True,
                    "capabilities": {"stripe_balance": {"stripe_transfers": _capability()}},
                }
            },
            "contact_email": params["contact_email"],
            "created": world.moment(),
            "dashboard": params.get("dashboard"),
            "defaults": _defaults(params.get("defaults", {})),
            "display_name": params.get("display_name"),
            "identity": {"country": params.get("identity", {}).get("country")},
            "livemode": world.habits.livemode,
            "metadata": call.metadata,
            "requirements": {"entries": [], "summary": {"minimum_deadline": None}},
        }
    )
    require(world, account, FIRST_ASKED, by=None)
    return _included(account, call)


@endpoint("GET", "/v2/core/accounts/{id}")
def retrieve_account(call: Call) -> Object:
    return _included(call.world.find("v2.core.account", call.id), call)


@endpoint("POST", "/v2/core/account_links")
def create_link(call: Call) -> Object:
    account = call.world.find("v2.core.account", call.text("account"))
    use_case = call.params["use_case"]
    asked = use_case.get("account_onboarding")
    if use_case["type"] != "account_onboarding" or asked is None:
        raise invalid("The fake knows onboarding links only.", param="use_case")
    account["_return_url"] = asked.get("return_url", asked["refresh_url"])
    return {
        "object": "v2.core.account_link",
        "account": account["id"],
        "created": call.world.moment(),
        "expires_at": call.world.moment(call.world.now() + LINK_LIFE),
        "livemode": call.world.habits.livemode,
        "url": f"{call.world.address}/setup/{account['id']}",
        "use_case": use_case,
    }


def require(world: World, account: Object, names: tuple[str, ...], *, by: int | None) -> None:
    """Ask for something. Without a date it was due before anything worked; with one, transfers
    go on until then."""
    status = "currently_due" if by is None else "eventually_due"
    account["requirements"] = {
        "entries": [_entry(name, status) for name in names],
        "summary": {
            "minimum_deadline": {"status": status, "time": by and world.moment(by)}
            if names
            else None
        },
    }
    tell_thinly(world, REQUIREMENTS, account)


def set_capability(world: World, account: Object, status: str) -> None:
    """ "active" when money may be sent there; "restricted" while something is missing."""
    _transfers(account).update(_capability(status))
    tell_thinly(world, CAPABILITY, account)


def can_receive(account: Object) -> bool:
    return bool(_transfers(account)["status"] == "active")


def _transfers(account: Object) -> Object:
    capabilities = account["configuration"]["recipient"]["capabilities"]
    found: Object = capabilities["stripe_balance"]["stripe_transfers"]
    return found


def _capability(status: str = "restricted") -> Object:
    details = [{"code": "determining_status", "resolution": "provide_info"}]
    return {"status": status, "status_details": [] if status == "active" else details}


def _defaults(asked: dict[str, Any]) -> Object:
    responsibilities = asked.get("responsibilities", {})
    return {
        "currency": asked.get("currency"),
        "responsibilities": {
            "fees_collector": responsibilities.get("fees_collector"),
            "losses_collector": responsibilities.get("losses_collector"),
            "requirements_collector": "stripe",
        },
    }


def _entry(name: str, status: str) -> Object:
    return {
        "awaiting_action_from": "user",
        "description": name,
        "errors": [],
        "impact": {"restricts_capabilities": None},
        "minimum_deadline": {"status": status},
        "requested_reasons": [{"code": "routine_onboarding"}],
    }


def _included(account: Object, call: Call) -> Object:
    """API v2 leaves out what was not asked for with `include`."""
    wanted = set(call.params.get("include") or [])
    left_out = {
        field
        for name, field in {**INCLUDABLE, "defaults": "defaults", "identity": "identity"}.items()
        if name not in wanted
    }
    return {name: None if name in left_out else value for name, value in account.items()}
