"""How Clinked shows what it remembers; the same thing looks different in different places."""

import json

from gateway.sandbox.clinked.group_settings import RESTRICTED
from gateway.sandbox.clinked.records import AccountInvite, Group, GroupInvite, Member, Membership
from gateway.sandbox.clinked.seed import LABELS
from gateway.sandbox.clinked.state import World
from gateway.sandbox.kit.values import Record

CONTEXT = 20_000
"""The context key of an account or a group is its id and this."""

LEFT_OUT = ("labels", "notificationsConfiguration", "subgroupCount")
"""What is not told of a group that has none of it."""


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
    shown = listed_member(world, member)
    shown |= {"memberOfMultipleAccounts": several, "tags": member.tags}
    if member.activation is not None:
        shown["activationType"] = member.activation
    return shown if member.new_groups is None else shown | joining(world, member)


def joining(world: World, member: Member) -> Record:
    """Show how an account member that joins every new group stands to those there are."""
    joined = {one.group for one in world.memberships.values() if one.user == member.user}
    here = [one for one in world.groups.values() if one.account == member.account]
    missing = [one for one in here if one.id not in joined and not one.removed]
    return {
        "assignToNewGroupsPermission": member.new_groups,
        "notAssigned": [brief_group(one) for one in missing],
        "assigningToGroups": False,
    }


def whole_member(world: World, member: Member) -> Record:
    """Show an account member by itself."""
    return changed_member(world, member) | {"pendingUnlock": False}


def brief_group(group: Group) -> Record:
    """Show a group where only its names are shown."""
    return {"id": group.id, **{name: group.fields[name] for name in ("name", "friendlyName")}}


def group_label(group: Group, label: int) -> Record:
    """Show a label of a group."""
    return {
        "id": label,
        "name": LABELS[group.account][label],
        "order": group.labels[label],
    }


def group_labels(group: Group) -> list[Record]:
    """Show the labels of a group, each in its place."""
    return [
        group_label(group, label) for label in sorted(group.labels, key=group.labels.__getitem__)
    ]


def nested_group(world: World, group: Group) -> Record:
    """Show a group inside something else."""
    below = [one for one in world.groups.values() if one.fields["master"] == group.id]
    shown: Record = {
        "id": group.id,
        **group.fields,
        "contextKey": {"id": CONTEXT + group.id},
        "members": len(world.in_group(group.id)),
        "owner": brief_user(world, group.owner),
        "labels": group_labels(group),
        "subgroupCount": sum(not one.removed for one in below),
    }
    return {name: value for name, value in shown.items() if value or name not in LEFT_OUT}


def whole_group(world: World, group: Group) -> Record:
    """Show a group by itself, where its members are never told."""
    return nested_group(world, group) | {"memberDetails": []}


def listed_group(world: World, group: Group) -> Record:
    """Show a group in a list, where its members are told."""
    details = [
        {
            "user": brief_user(world, one.user),
            "permission": one.permission,
            "dateCreated": one.created,
            "expirationDate": one.expiration,
            "group": brief_group(group),
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
    restricted = RESTRICTED.get((membership.group, membership.user), [])
    return listed_membership(world, membership) | {"restrictedApps": restricted}


def listed_invite(world: World, invite: AccountInvite) -> Record:
    """Show an account invite in a list, where much of it is left null."""
    context = {"id": CONTEXT + invite.account}
    source = world.users.get(invite.source)
    invited = [one["id"] for one in world.users.values() if one["email"] == invite.email]
    request: Record = {
        "id": invite.id,
        "contextKey": context,
        "source": brief_user(world, invite.source),
        "target": brief_user(world, invited[0]) if invited else None,
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
