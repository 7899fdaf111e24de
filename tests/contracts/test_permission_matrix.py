"""Every address × every role. A new address fails here until it is placed in the table."""

from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse

from tests.contracts.addresses import Address, addresses
from tests.contracts.small_city import LOG_IN, OUTSIDE_ADMIN, ROLES, SIGNED_IN, City, small_city

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Rule:
    """Statuses by role: `else_` for those signed in who are not named in `roles`."""

    else_: int
    roles: dict[str, int] = field(default_factory=dict)
    anonymous: int = LOG_IN
    method: str = "get"
    of: str = ""  # which of the city's things stands in the address
    body: dict[str, object] | None = None  # sent as JSON

    def expected(self) -> dict[str, int]:
        """Status by role, whole."""
        rest = dict.fromkeys(SIGNED_IN, self.else_)
        return {"anonym": self.anonymous} | rest | self.roles


def only(*roles: str, refused: int, opened: int = 200, **more: Any) -> Rule:
    return Rule(refused, dict.fromkeys(roles, opened), **more)


ANSWER = {"position": 1, "choice": [], "client_id": "flik", "sequence": 1}
MANAGERS = ("chef", "stadsdelschef")
READERS = (*MANAGERS, "nyckelperson", "samordnare", "revisor", "administrator")
API = [
    f"{table}{form}"
    for table in ("summary", "status", "units", "targets", "courses", "areas")
    for form in ("", "_csv")
] + ["openapi"]
QUALITY = ("samordnare", "revisor", "administrator")
TABLE = {
    "start": Rule(302),
    "login": Rule(302, anonymous=200),
    "admin_login": Rule(302),
    "page_login": Rule(302),
    "account": Rule(200),
    # Between the password and being signed in: there is nobody there.
    "second_factor": Rule(302),
    "second_factor_enrol": Rule(302),
    "second_factor_change": Rule(403),  # nobody here has a password
    "recovery_codes": Rule(302),  # shown once, after they were made
    # Off unless the environment describes an identity provider.
    "sso_oidc": Rule(404, anonymous=404),
    "sso_oidc_callback": Rule(404, anonymous=404),
    "sso_saml": Rule(404, anonymous=404),
    "sso_saml_acs": Rule(404, anonymous=404, method="post"),
    "sso_saml_metadata": Rule(404, anonymous=404),
    "change_password": Rule(403),  # nobody here has a password
    "stay_signed_in": Rule(200, method="post"),
    "log_out_everywhere": Rule(302, method="post"),
    "logout": Rule(302, method="post"),
    "quick_exit": Rule(200, anonymous=200),
    "language": Rule(400, anonymous=400, method="post"),  # none was chosen
    "learning:my_training": Rule(200),
    "learning:start": Rule(404, method="post"),  # a course that is not there
    "learning:reach": Rule(404, method="post"),
    "learning:quiz": Rule(404),
    "learning:lesson_quiz": Rule(404),
    # A content, and a launch, that are not there; what is said to be one is not.
    "h5p:open": Rule(400, method="post", body={"place": "lesson:x"}),
    "h5p:statements": Rule(404, method="post", body={"statements": []}),
    "h5p:state": Rule(404, method="post", body={"data": None}),
    "local:notes": only("utbildare", "administrator", refused=403),
    "local:write": Rule(404),  # a lesson that is not there
    "feedback:give": Rule(404),  # a course nobody there has completed
    "learning:certificate": only("medarbetare", refused=404, of="certificate"),
    "search": Rule(200),
    # The coordinator chooses a unit on the overview first.
    "reports:staff": Rule(403, {"chef": 200, "stadsdelschef": 200, "samordnare": 302}),
    "publication:overview": only("samordnare", "revisor", refused=403),
    "publication:page": only("samordnare", "revisor", refused=403, opened=404),
    "publication:download": only("samordnare", "revisor", refused=403, opened=404),
    "publication:make": only("samordnare", refused=403, opened=404, method="post"),
    "reports:staff_export": only(*MANAGERS, "samordnare", refused=403, of="file"),
    "reports:overview_export": only(
        "nyckelperson", "samordnare", "revisor", refused=403, of="file"
    ),
    # No unit was named, whose manager one could be.
    # Without a target there is nothing to fetch: back to the page, which says so.
    "reports:target_export": only(
        "nyckelperson", "samordnare", "revisor", refused=403, opened=302, of="file"
    ),
    "reports:account_export": only(
        *MANAGERS, "nyckelperson", "samordnare", "revisor", refused=403, opened=302, of="file"
    ),
    "reports:equality_export": only("samordnare", "revisor", refused=403, of="file"),
    "reports:choose": Rule(403, method="post"),
    "delegation:page": only(*MANAGERS, refused=403),
    "delegation:end": Rule(404, method="post"),  # one that is not there
    "exemptions:list": only(*MANAGERS, refused=403),
    "exemptions:record": only(*MANAGERS, refused=403),
    "exemptions:change": only(*MANAGERS, refused=403, opened=404),  # one that is not there
    "reports:person": only("medarbetare", *MANAGERS, "samordnare", refused=404, of="person"),
    "reports:why": only(
        "medarbetare", *MANAGERS, "samordnare", refused=404, opened=400, of="person"
    ),  # no target was chosen
    # Nobody whom HR knows nothing of, and no target was chosen.
    "reports:why_me": Rule(400, {"administrator": 404}),
    "reports:overview": only("nyckelperson", "samordnare", "revisor", refused=403),
    # The coordinator comes from a unit of the follow-up, and sees what was recorded meanwhile.
    "evidence:attendance": only(*MANAGERS, "samordnare", refused=403),
    "evidence:attendance_made": only(*MANAGERS, "samordnare", refused=403, opened=404),
    "evidence:attendance_withdraw": only(
        *MANAGERS, "samordnare", refused=403, opened=404, method="post"
    ),
    "evidence:matching": only("samordnare", refused=403),
    "evidence:match": only("samordnare", refused=403, opened=404),  # a row that is not there
    "evidence:match_take_up": only("samordnare", refused=403, opened=303, method="post"),
    "evidence:match_undo": only("samordnare", refused=403, opened=404, method="post"),
    "scorecards:home": Rule(
        403, {"stadsdelschef": 302, "nyckelperson": 302, "samordnare": 302, "revisor": 302}
    ),
    "scorecards:city": only("samordnare", "revisor", refused=403),
    "scorecards:close": only("samordnare", refused=403),
    "scorecards:periods": only("samordnare", "revisor", refused=403),
    "scorecards:period": only("samordnare", refused=403, opened=404),
    "scorecards:undertakings": only("samordnare", "revisor", refused=403),
    "scorecards:load": only("samordnare", refused=403, opened=302, method="post"),
    "scorecards:go_on": only("samordnare", refused=403),
    "scorecards:add": only("samordnare", refused=403),
    "scorecards:undertaking": only(
        *MANAGERS, "nyckelperson", "samordnare", "revisor", refused=404, of="undertaking"
    ),
    "scorecards:change": Rule(
        404,
        {**dict.fromkeys((*MANAGERS, "nyckelperson", "revisor"), 403), "samordnare": 200},
        of="undertaking",
    ),
    "scorecards:card": only(
        "stadsdelschef", "nyckelperson", "samordnare", "revisor", refused=404, of="committee"
    ),
    "scorecards:city_file": only("samordnare", "revisor", refused=403, of="pdf"),
    "scorecards:file": only(
        "stadsdelschef", "nyckelperson", "samordnare", "revisor", refused=403, of="scorecard"
    ),
    # A committee that is not there.
    "scorecards:report": Rule(404),
    "scorecards:comment": Rule(404),
    "scorecards:copy": Rule(404, method="post"),
    "scorecards:add_own": Rule(404),
    "scorecards:sign": Rule(404),
    "scorecards:reopen": Rule(404),
    "scorecards:version": Rule(404),
    "evidence:proofs": only(*MANAGERS, "samordnare", refused=403),
    # A proof that is not there.
    "evidence:proof_decide": only(*MANAGERS, "samordnare", refused=403, opened=404),
    "evidence:proof_picture": Rule(404),
    # Nobody whom HR knows nothing of.
    "evidence:my_proofs": Rule(200, {"administrator": 404}),
    "evidence:proof": Rule(404),
    "evidence:proof_withdraw": Rule(404, method="post"),
    "evidence:certificate_pdf": only("medarbetare", refused=404, of="certificate"),
    # Open to everybody who has a number; this one is none.
    "evidence:certificate_find": Rule(200, anonymous=200),
    "evidence:certificate_page": Rule(404, anonymous=404),
    "evidence:certificate_revoke": only("samordnare", refused=403),
    "evidence:certificate_restore": only("samordnare", refused=403, opened=404, method="post"),
    "programme:list": only(*READERS, refused=403),
    "programme:target": only(*READERS, refused=403, of="target"),
    "programme:change": only("samordnare", "administrator", refused=403, of="target"),
    "programme:end": only("samordnare", "administrator", refused=403, of="target"),
    "programme:begin": only("samordnare", "administrator", refused=403, opened=302, method="post"),
    # The coordinator's own, with nothing filled in yet: it can't be looked over, and is of nobody.
    "programme:draft": Rule(403, {"samordnare": 200, "administrator": 404}, of="draft"),
    "programme:review": Rule(403, {"samordnare": 302, "administrator": 404}, of="draft"),
    "programme:people": Rule(403, {"samordnare": 404, "administrator": 404}, of="draft"),
    "reports:account": only(
        "chef", "stadsdelschef", "nyckelperson", "samordnare", "revisor", refused=403
    ),
    "reports:comparison": only(
        "chef", "stadsdelschef", "nyckelperson", "samordnare", "revisor", refused=403
    ),
    "reports:comparison_people": only(
        *MANAGERS, "samordnare", refused=403, opened=404
    ),  # no cause is asked for
    "reports:count": only(
        "chef",
        "stadsdelschef",
        "nyckelperson",
        "samordnare",
        "revisor",
        refused=403,
        opened=302,
        method="post",
    ),
    # All districts stand on it: who may see the city's figures.
    "reports:equality": only("samordnare", "revisor", refused=403),
    "reports:target": only("nyckelperson", "samordnare", "revisor", refused=403),
    "privacy:mine": Rule(200),
    "privacy:erase": Rule(404),  # nothing of that name
    "privacy:mine_as_file": Rule(200, of="own file", method="post"),
    "privacy:concerning_me": Rule(200),
    "privacy:log": only("revisor", refused=403),
    # Whom one sees nobody of one reminds nobody; without a unit or people, all of one's own.
    "reminders:preview": only(*MANAGERS, "samordnare", refused=403),
    "reminders:send": only(*MANAGERS, "samordnare", refused=403, opened=400, method="post"),
    "reminders:batch": only(*MANAGERS, "samordnare", refused=403, opened=404),  # none was asked for
    "reminders:log": only(*MANAGERS, "samordnare", refused=403),
    "reminders:mine": Rule(200),
    "reminders:coming": only(*MANAGERS, "samordnare", refused=403),
    "reminders:rules": only("samordnare", refused=403),
    "reminders:switch": only("samordnare", refused=403, opened=404, method="post"),  # no target
    # Whose it is, is the coordinator's to see; administrators see how many.
    "reminders:bounces": only("samordnare", "administrator", refused=403),
    "reminders:works": only("samordnare", refused=403, opened=404, method="post"),
    "quizzes:extra_time": only("utbildare", "administrator", refused=403),
    # Without what a preview has signed there is nothing to grade.
    "quizzes:trial": only("utbildare", "administrator", refused=403, opened=404, method="post"),
    "quizzes:check": Rule(200, of="question", method="post"),
    "quizzes:take": only("medarbetare", refused=404, of="attempt"),
    "quizzes:save": only("medarbetare", refused=404, of="attempt", method="post", body=ANSWER),
    "quizzes:submit": only("medarbetare", refused=404, opened=303, of="attempt", method="post"),
    "quizzes:result": only("medarbetare", refused=404, opened=302, of="attempt"),
    # The law's statement and its form are everybody's; here none is published, nothing reported.
    "accessibility:statement": Rule(404, anonymous=404),
    "accessibility:report": Rule(200, anonymous=200),
    "accessibility:thanks": Rule(404, anonymous=404),
    "components:catalogue": Rule(200),
    "components:group": Rule(404),  # a group that is not there
    "imports:page": only("samordnare", "administrator", refused=403),
    "imports:apply": only(
        "samordnare", "administrator", refused=403, opened=404, method="post"
    ),  # a file that is not there
    "imports:made": only("samordnare", "administrator", refused=403, opened=404),
    "imports:try-undoing": only(
        "samordnare", "administrator", refused=403, opened=404, method="post"
    ),  # an import that is not there
    "imports:undo": only("samordnare", "administrator", refused=403, opened=404, method="post"),
    "quality:index": only(*QUALITY, refused=403),
    "quality:list": only(*QUALITY, refused=403, opened=404),  # a finding that is not there
    "quality:imports": only(*QUALITY, refused=403),
    "quality:import": only(*QUALITY, refused=403, opened=404),  # an import that is not there
    "jobs:mine": Rule(200),
    # Nobody else's, whoever asks: what is the medarbetare's own is hers alone.
    "jobs:page": only("medarbetare", refused=404, of="job"),
    "jobs:state": only("medarbetare", refused=404, of="job"),
    "jobs:cancel": only("medarbetare", refused=404, opened=302, of="job", method="post"),
    "jobs:result": only("medarbetare", refused=404, of="job"),
    "jobs:errors": only("medarbetare", refused=404, of="job"),
    "api_pages:keys": only(*READERS, refused=403),
    "api_pages:revoke": Rule(404, method="post"),  # a key that is not there
    "api_pages:description": only(*READERS, refused=403),
    "api_pages:document": only(*READERS, refused=403),
    # A log-in opens nothing there, whoever's it is: programs bring a key (tests/tracking/api).
    **{f"api:{name}": Rule(401, anonymous=401) for name in API},
    "api:api-root": Rule(404, anonymous=404),
    "api:nothing": Rule(404, anonymous=404),
    "media": Rule(404),  # a file that is not there
    "h5p:preview": only("utbildare", "administrator", refused=403, opened=404),
    # Whoever holds a signed address; these are none (tests/courses/h5p/player).
    "h5p:frame": Rule(404, anonymous=404),
    "h5p:content": Rule(404, anonymous=404),
    "h5p:library": Rule(404, anonymous=404),
    "wagtailcore_authenticate_with_password": Rule(404),
    "wagtailcore_login": Rule(302),  # Wagtail's own log-in form: ours answers there
    "wagtail_serve": Rule(404),  # a page that is not there
}
# Addresses of the admin that hold nothing, and answer who is not let in.
ADMIN_OPEN = {
    "wagtailadmin_login": "sends on to the log-in page, or away from it",
    "wagtailadmin_logout": "only signs out",
    "wagtailadmin_javascript_catalog": "Wagtail's own texts",
    "wagtailadmin_sprite": "Wagtail's own icons",
}
# What a trainer works with there; the rest of the admin is shut.
TRAINERS_OPEN = (
    "admin/account/",
    "admin/api/main/",
    "admin/choose-",
    "admin/dismissibles/",
    "admin/documents/",
    "admin/editing-sessions/",
    "admin/embeds/",
    "admin/failwhale/",  # fails on purpose, for whoever sets up error pages
    "admin/fragor/",
    "admin/forms/",  # forms on pages she may edit; there are none
    "admin/h5p/",
    "admin/images/",
    "admin/localize/",
    "admin/kallor/",
    "admin/kurser/",
    "admin/page",
    "admin/reports/",
    "admin/snippets/",
    "admin/tag-autocomplete/",
    "admin/test404/",
    "admin/workflows/task_chooser/",
)
EVERY = list(addresses())
ADMIN = [
    address
    for address in EVERY
    if address.route.startswith("admin/") and address.name != "admin_login"
]
OWN = [address for address in EVERY if address not in ADMIN]


@pytest.fixture
def city() -> City:
    return small_city()


def test_every_address_is_placed() -> None:
    assert sorted(address.name for address in OWN) == sorted(TABLE)


def test_who_is_let_in(city: City) -> None:
    wrong = {}
    for address in OWN:
        rule = TABLE[address.name]
        answers = _answers(city, address, rule)
        if answers != rule.expected():
            wrong[address.name] = {"expected": rule.expected(), "answered": answers}
    assert wrong == {}


def _answers(city: City, address: Address, rule: Rule) -> dict[str, int]:
    """What each role gets; whatever it did to the city is undone."""
    cache.clear()
    path = path_of(address, rule, city)
    with transaction.atomic():
        answers = {role: city.ask(role, path, rule.method, rule.body).status_code for role in ROLES}
        transaction.set_rollback(True)
    return answers


def path_of(address: Address, rule: Rule, city: City) -> str:
    """The address as it leads to what the rule is of."""
    if not rule.of:
        return address.path
    if address.path.endswith("/x/"):
        return address.path.removesuffix("x/") + city.things[rule.of]
    return address.path.replace("00000000-0000-4000-8000-000000000000", city.things[rule.of])


def test_the_admin_is_shut_to_everybody_outside_it(city: City) -> None:
    let_in = []
    for role in OUTSIDE_ADMIN:
        for address in ADMIN:
            if address.name not in ADMIN_OPEN:
                answer = city.ask(role, address.path)
                if not _refused(answer):
                    let_in.append((role, address.name, answer.status_code))
    assert let_in == []


def test_a_trainer_is_shut_out_of_what_is_not_hers(city: City) -> None:
    let_in = []
    for address in ADMIN:
        hers = address.name in ADMIN_OPEN or address.route.startswith(TRAINERS_OPEN)
        if address.route != "admin/" and not hers:
            answer = city.ask("utbildare", address.path)
            if answer.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
                answer = city.ask("utbildare", address.path, "post")
            if not _refused(answer):
                let_in.append((address.route, answer.status_code))
    assert let_in == []


def _refused(answer: HttpResponse) -> bool:
    """Sent away, forbidden, or nothing there."""
    if answer.status_code == 302:
        away = answer.headers["Location"]
        return away == "/admin/" or away.startswith(("/logga-in/", "/admin/login/"))
    return answer.status_code in {403, 404}


def test_what_is_open_in_the_admin_exists() -> None:
    assert set(ADMIN_OPEN) - {address.name for address in ADMIN} == set()


def test_the_admin_opens_for_those_who_work_there(city: City) -> None:
    assert city.ask("utbildare", "/admin/").status_code == 200
    assert city.ask("administrator", "/admin/").status_code == 200
    assert city.ask("administrator", "/admin/users/").status_code == 200
    assert city.ask("utbildare", "/admin/users/").status_code == 403


@pytest.mark.parametrize(
    ("role", "page"),
    [
        ("medarbetare", "/min-utbildning/"),
        ("chef", "/medarbetare/"),
        ("stadsdelschef", "/medarbetare/"),
        ("nyckelperson", "/styrkort/"),
        ("samordnare", "/uppfoljning/"),
        ("revisor", "/uppfoljning/"),
        ("utbildare", "/admin/"),
        ("administrator", "/admin/"),
    ],
)
def test_each_role_starts_at_its_own_page(city: City, role: str, page: str) -> None:
    assert city.ask(role, "/").headers["Location"] == page


@pytest.mark.parametrize(
    ("role", "labels"),
    [
        ("medarbetare", ["Min utbildning"]),
        ("chef", ["Min utbildning", "Mina medarbetare", "Kunskapsmål"]),
        ("nyckelperson", ["Min utbildning", "Vårt styrkort", "Uppföljning", "Kunskapsmål"]),
        (
            "samordnare",
            ["Min utbildning", "Uppföljning", "Styrkort", "Kunskapsmål", "Datakvalitet"],
        ),
        (
            "revisor",
            [
                "Min utbildning",
                "Uppföljning",
                "Styrkort",
                "Kunskapsmål",
                "Datakvalitet",
                "Granskningslogg",
            ],
        ),
        ("utbildare", ["Min utbildning", "Redigera kurser"]),
    ],
)
def test_the_menu_names_what_the_role_opens(city: City, role: str, labels: list[str]) -> None:
    items = city.ask(role, "/min-utbildning/").context["nav_items"]
    assert [item.label for item in items] == labels
    assert [item.label for item in items if item.current] == ["Min utbildning"]
