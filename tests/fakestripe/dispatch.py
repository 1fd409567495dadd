"""The way of one request: let in, read, judged, remembered, done, judged again, answered."""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

import stripe

from tests.fakestripe import endpoints
from tests.fakestripe.contract.answers import problems_with_answer
from tests.fakestripe.contract.requests import problems_with_request
from tests.fakestripe.contract.routes import Route, routes
from tests.fakestripe.endpoints.endpoint import ENDPOINTS, Call, Endpoint
from tests.fakestripe.expansion import expanded
from tests.fakestripe.faults import Fault, Faults
from tests.fakestripe.refusals import Refusal, broken, invalid, not_let_in, unreadable
from tests.fakestripe.saved_answers import Answer, SavedAnswers, fingerprint
from tests.fakestripe.wire import parameters, public
from tests.fakestripe.world import World

assert endpoints.__all__  # Importing them registers them.

# stripe-python makes up a key where none is given: asked again, it would make up another one.
MADE_UP_KEY = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
SAFE_WITHOUT_A_KEY = {"/v2/core/account_links", "/v1/checkout/sessions/{session}/expire"}


@dataclass(frozen=True, slots=True)
class Request:
    """What came over the wire."""

    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def key(self) -> str:
        return self.headers.get("Idempotency-Key") or ""

    @property
    def account(self) -> str:
        return self.headers.get("Stripe-Account") or ""


@dataclass(frozen=True, slots=True)
class KnownCall:
    """A call that reached an endpoint, for tests to look at."""

    method: str
    path: str
    params: dict[str, Any]
    key: str


@dataclass
class Dispatcher:
    """Answers requests. `complaints` are breaches of the contract, on either side: a test that
    ends with one has failed, whatever became of the error on our side."""

    world: World
    api_key: str
    faults: Faults = field(default_factory=Faults)
    answers: SavedAnswers = field(default_factory=SavedAnswers)
    calls: list[KnownCall] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def answer(self, request: Request, fault: Fault | None) -> Answer:
        """What goes back; a fault that happens before the work is answered without doing it."""
        with self.world.lock:
            try:
                return self._answered(request, fault)
            except Refusal as refusal:
                return Answer(refusal.status, refusal.body)

    def _answered(self, request: Request, fault: Fault | None) -> Answer:
        self._let_in(request)
        route, endpoint, ids = self._find(request)
        params = parameters(
            path=request.path, method=request.method, query=request.query, body=request.body
        )
        for problem in problems_with_request(route, params)[:1]:
            self._complain(f"{request.method} {request.path}: {problem}")
            raise unreadable(problem)
        print_ = fingerprint(request.method, request.path, params)
        self._must_have_a_key_of_ours(route, request)
        key, account = request.key if request.method == "POST" else "", request.account
        saved = key and self.answers.find(key=key, account=account, request=print_)
        if saved:
            return saved
        self.calls.append(KnownCall(request.method, request.path, params, request.key))
        made = self._made(route, endpoint, Call(self.world, params, ids, account), fault)
        if key and made.saved:
            self.answers.keep(key=key, account=account, request=print_, answer=made.saved)
        return made.answer

    def _let_in(self, request: Request) -> None:
        if request.headers.get("Authorization") != f"Bearer {self.api_key}":
            raise not_let_in()
        if request.headers.get("Stripe-Version") != stripe.api_version:
            raise invalid(f"The fake speaks {stripe.api_version} only.")

    def _must_have_a_key_of_ours(self, route: Route, request: Request) -> None:
        has_one = request.key and not MADE_UP_KEY.fullmatch(request.key)
        if route.method == "POST" and route.path not in SAFE_WITHOUT_A_KEY and not has_one:
            self._complain(f"{request.method} {request.path}: no idempotency key of our own")
            raise invalid("The fake wants an idempotency key of the market's own.")

    def _find(self, request: Request) -> tuple[Route, Endpoint, tuple[str, ...]]:
        for route, function in ENDPOINTS.values():
            found = route.pattern.fullmatch(request.path)
            if found and route.method == request.method:
                return route, function, tuple(map(unquote, found.groups()))
        is_real = any(
            route.method == request.method and route.pattern.fullmatch(request.path)
            for route in routes().values()
        )
        told = "a real route that the fake does not have" if is_real else "no route of the API"
        self._complain(f"{request.method} {request.path}: {told}")
        raise invalid(f"Unrecognized request URL ({request.method}: {request.path}).", status=404)

    def _made(self, route: Route, endpoint: Endpoint, call: Call, fault: Fault | None) -> _Made:
        """Do it, unless a fault comes first.

        API v1 saves what it answered, a failure too. API v2 saves what it did: asked again, it
        answers with that, or tries again when there is nothing.
        """
        saves_failures = route.path.startswith("/v1/")
        try:
            if fault is Fault.ERROR:
                raise broken()
            done = self._done(route, endpoint, call)
        except Refusal as refusal:
            answer = Answer(refusal.status, refusal.body)
            return _Made(answer, answer if refusal.is_saved and saves_failures else None)
        if fault is Fault.ERROR_AFTER:
            failure = Answer(broken().status, broken().body)
            return _Made(failure, failure if saves_failures else done)
        return _Made(done, done)

    def _done(self, route: Route, endpoint: Endpoint, call: Call) -> Answer:
        body = copy.deepcopy(public(endpoint(call)))
        body = public(expanded(self.world, body, call.params.get("expand") or []))
        problems = problems_with_answer(route, body)
        if problems:
            self._complain(f"the fake's own answer to {route.method} {route.path}: {problems}")
            raise broken(f"fake: {problems}")
        return Answer(200, body)

    def _complain(self, problem: str) -> None:
        self.complaints.append(problem)


@dataclass(frozen=True, slots=True)
class _Made:
    answer: Answer
    saved: Answer | None
