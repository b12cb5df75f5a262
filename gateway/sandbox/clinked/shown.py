"""How Clinked shows what it remembers; the same thing looks different in different places."""

import json

from gateway.sandbox.clinked.records import AccountInvite, Group, GroupInvite, Member, Membership
from gateway.sandbox.clinked.state import World
from gateway.sandbox.kit.values import Record

CONTEXT = 20_000


def brief_user(world: World, uid: int | None) -> Record | None:
    """Show a user where only a few fields are shown."""
    user = world.users.get(uid) if uid else None
    if user is None:
        return None
    return {
        name: user[name] for name in ("id", "name", "username", "logo", "jobTitle", "lastModified")
    }


def listed_member(world: World, member: Member) -> Record:
    """Show an account member in a list."""
    return {
        "user": world.users[member.user],
        "permission": member.permission,
        "dateCreated": member.created,
    }


def changed_member(world: World, member: Member) -> Record:
    """Show an account member after a change."""
    several = sum(one.user == member.user for one in world.members.values()) > 1
    more = {"memberOfMultipleAccounts": several, "tags": member.tags}
    return listed_member(world, member) | more


def whole_member(world: World, member: Member) -> Record:
    """Show an account member by itself."""
    return changed_member(world, member) | {"pendingUnlock": False}


def nested_group(world: World, group: Group) -> Record:
    """Show a group inside something else."""
    return {
        "id": group.id,
        **group.fields,
        "contextKey": {"id": CONTEXT + group.id},
        "members": len(world.in_group(group.id)),
        "owner": brief_user(world, group.owner),
    }


def whole_group(world: World, group: Group) -> Record:
    """Show a group by itself, where its members are never told."""
    return nested_group(world, group) | {"memberDetails": []}


def listed_group(world: World, group: Group) -> Record:
    """Show a group in a list, where its members are told."""
    name = {"id": group.id, **{key: group.fields[key] for key in ("name", "friendlyName")}}
    details = [
        {
            "user": brief_user(world, one.user),
            "permission": one.permission,
            "dateCreated": one.created,
            "expirationDate": one.expiration,
            "group": name,
        }
        for one in world.in_group(group.id)
    ]
    return nested_group(world, group) | {"memberDetails": details}


def listed_membership(world: World, membership: Membership) -> Record:
    """Show a group member in a list."""
    user = world.users[membership.user]
    return {
        "user": {name: value for name, value in user.items() if name != "realName"},
        "permission": membership.permission,
        "dateCreated": membership.created,
        "expirationDate": membership.expiration,
        "group": nested_group(world, world.groups[membership.group]),
    }


def whole_membership(world: World, membership: Membership) -> Record:
    """Show a group member by itself."""
    return listed_membership(world, membership) | {"restrictedApps": []}


def listed_invite(world: World, invite: AccountInvite) -> Record:
    """Show an account invite in a list, where much of it is left null."""
    context = {"id": CONTEXT + invite.account}
    source = world.users.get(invite.source)
    request: Record = {
        "id": invite.id,
        "contextKey": context,
        "source": brief_user(world, invite.source),
        "target": None,
        "container": {"id": invite.account, "contextKey": context, "type": "account"},
        "sourceName": source["email"] if source else None,
        "targetName": invite.email,
        "type": "ACCEPT_DECLINE",
        "status": "NONE",
        "scope": None,
        "parameters": None,
        "lastModified": None,
        "account": None,
    }
    return {
        "request": request,
        "permission": invite.permission,
        "groups": None,
        "inviteKey": None,
    }


def whole_invite(world: World, invite: AccountInvite) -> Record:
    """Show an account invite by itself, its parameters a text of JSON."""
    shown = listed_invite(world, invite)
    groups = {str(gid): permission for gid, permission in invite.groups.items()}
    parameters = {"mask": invite.permission, "groups": groups, "extras": {}}
    account = world.accounts[invite.account]
    shown["request"] |= {
        "parameters": json.dumps(parameters, separators=(",", ":")),
        "account": {name: account[name] for name in ("id", "name", "friendlyName", "enabled")},
    }
    entries = [
        {"group": nested_group(world, world.groups[gid]), "permission": permission}
        for gid, permission in invite.groups.items()
    ]
    return shown | {"groups": entries, "inviteKey": invite.key}


def group_invite(invite: GroupInvite) -> Record:
    """Show a group invite."""
    return {
        "id": invite.id,
        "email": invite.email,
        "permission": invite.permission,
        "expirationDate": invite.expiration,
        "inviteKey": invite.key,
        "lastModified": invite.modified,
    }
