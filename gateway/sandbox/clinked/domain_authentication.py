"""How an account proves that a domain is its own to send mail from."""

from gateway.sandbox.clinked import rules
from gateway.sandbox.clinked.refusals import invalid
from gateway.sandbox.kit.values import Record, record

FLAGS = ("mx", "mxValid")
TEXTS = ("data", "host", "type")


def authenticated(sender: str, body: Record) -> Record:
    """Begin to authenticate the domain sent, or else the sender's own."""
    domain = rules.text(body, "domain") or sender.partition("@")[2]
    return {
        "from": sender,
        "domain": domain,
        **{name: optional_flag(body, name) for name in FLAGS},
        "valid": rules.flag(body, "valid", default=False),
        "dns": fresh(domain) if body.get("dns") is None else records(body["dns"]),
    }


def validated(former: Record, body: Record) -> Record:
    """Answer what is sent as it is sent, and find the rest valid."""
    found = former | {"valid": True, "dns": proved(former["dns"])}
    for name in ("from", "domain"):
        if name in body:
            found[name] = rules.text(body, name)
    found |= {name: optional_flag(body, name) for name in FLAGS if name in body}
    if "valid" in body:
        found["valid"] = rules.flag(body, "valid", default=False)
    if body.get("dns") is not None:
        found["dns"] = records(body["dns"])
    return found


def optional_flag(body: Record, name: str) -> bool | None:
    """Take true, false or null."""
    return None if body.get(name) is None else rules.flag(body, name, default=False)


def records(value: object) -> Record:
    """Take records of the domain name system by their names."""
    found = record(value)
    if found is None:
        raise invalid("dns must map names to records")
    return {name: one_record(one) for name, one in found.items()}


def one_record(value: object) -> Record:
    """Take one record."""
    sent = record(value)
    if sent is None:
        raise invalid("A record of dns must be a JSON object")
    valid = rules.flag(sent, "valid", default=False)
    return {"valid": valid, **{name: rules.text(sent, name) for name in TEXTS}}


def fresh(domain: str) -> Record:
    """Make the records that the domain's owner has still to set."""
    return {
        "mail_cname": dns(f"mail.{domain}", "u1101.mail.example.org"),
        "dkim1": dns(f"s1._domainkey.{domain}", "s1.domainkey.u1101.mail.example.org"),
    }


def dns(host: str, data: str, *, valid: bool = False) -> Record:
    """Make one record."""
    return {"valid": valid, "data": data, "host": host, "type": "cname"}


def proved(former: Record) -> Record:
    """Copy records, every one of them found valid."""
    return {name: one | {"valid": True} for name, one in former.items()}
