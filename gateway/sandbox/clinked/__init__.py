"""Plays Clinked v3, one file per chapter of what it documents."""

from starlette.requests import Request
from starlette.responses import Response

from gateway.sandbox.clinked.account_branding import AccountBranding
from gateway.sandbox.clinked.accounts import Accounts
from gateway.sandbox.clinked.adobe import Adobe
from gateway.sandbox.clinked.announcements import Announcements
from gateway.sandbox.clinked.applications import Applications
from gateway.sandbox.clinked.components import Components
from gateway.sandbox.clinked.content import Content
from gateway.sandbox.clinked.custom_domain import CustomDomain
from gateway.sandbox.clinked.custom_email import CustomEmail
from gateway.sandbox.clinked.devices import Devices
from gateway.sandbox.clinked.docusign import Docusign
from gateway.sandbox.clinked.events import Events
from gateway.sandbox.clinked.group_branding import GroupBranding
from gateway.sandbox.clinked.group_components import GroupComponents
from gateway.sandbox.clinked.group_export import GroupExport
from gateway.sandbox.clinked.group_invites import GroupInvites
from gateway.sandbox.clinked.group_labels import GroupLabels
from gateway.sandbox.clinked.group_members import GroupMembers
from gateway.sandbox.clinked.groups import Groups
from gateway.sandbox.clinked.guests import Guests
from gateway.sandbox.clinked.iframes import Iframes
from gateway.sandbox.clinked.invites import Invites
from gateway.sandbox.clinked.limit import ClinkedLimit
from gateway.sandbox.clinked.member_tags import MemberTags
from gateway.sandbox.clinked.members import Members
from gateway.sandbox.clinked.oauth import CLIENT_ID, CLIENT_SECRET, MOBILE, TOKEN_PATH, OAuth
from gateway.sandbox.clinked.password_strength import PasswordStrength
from gateway.sandbox.clinked.profile_fields import ProfileFields
from gateway.sandbox.clinked.properties import Properties
from gateway.sandbox.clinked.refusals import oauth_error, wrong_path
from gateway.sandbox.clinked.sso import Sso
from gateway.sandbox.clinked.state import SEED_PASSWORD, SEED_USER, World
from gateway.sandbox.clinked.storage import Storage
from gateway.sandbox.clinked.subscriptions import Subscriptions
from gateway.sandbox.clinked.tasks import Tasks
from gateway.sandbox.clinked.two_factor import TwoFactor
from gateway.sandbox.clinked.user_info import UserInfo
from gateway.sandbox.kit.assembly import Parts, assemble
from gateway.sandbox.kit.clock import Clock
from gateway.sandbox.stand_in import StandIn

CHAPTERS = (
    OAuth,
    UserInfo,
    Applications,
    Accounts,
    Subscriptions,
    Components,
    Members,
    MemberTags,
    Invites,
    Guests,
    AccountBranding,
    Properties,
    Announcements,
    Devices,
    Iframes,
    PasswordStrength,
    ProfileFields,
    Sso,
    TwoFactor,
    Storage,
    CustomEmail,
    CustomDomain,
    Docusign,
    Adobe,
    Tasks,
    Events,
    Groups,
    GroupMembers,
    GroupInvites,
    GroupExport,
    GroupBranding,
    GroupComponents,
    GroupLabels,
    Content,
)


def stand_in(limits: bool, clock: Clock | None = None) -> StandIn:
    """Make a Clinked with three accounts."""
    world = World(clock or Clock())

    def check(request: Request) -> Response | None:
        if request.url.path == TOKEN_PATH or world.tokens.bearer(request):
            return None
        return oauth_error(401, "invalid_token", "The access token is missing or has expired")

    user = {"client_id": MOBILE, "username": SEED_USER, "password": SEED_PASSWORD}
    parts = Parts(
        platform="clinked",
        routes=[route for chapter in CHAPTERS for route in chapter(world).routes()],
        check=check,
        state=world,
        connections={"clinked": {"client_id": CLIENT_ID, "client_secret": CLIENT_SECRET}},
        wrong_path=wrong_path,
        limiter=ClinkedLimit(world.clock),
        other_credentials={"clinked-user": user},
    )
    return assemble(parts, limits=limits)
