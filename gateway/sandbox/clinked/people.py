"""The people in every Clinked's seed."""

from gateway.sandbox.kit.values import Record

FIRST_NAMES = (
    *("Ada", "Bruno", "Celia", "Dario", "Edda", "Felix", "Greta", "Hugo"),
    *("Ines", "Jonas", "Kira", "Linus", "Mira", "Nils", "Olga", "Pavel"),
    *("Quinn", "Rosa", "Sven", "Tilda", "Umar", "Vera", "Wim", "Yara"),
)
LAST_NAMES = (
    *("Ashdown", "Berglund", "Castell", "Dunne", "Eriksen"),
    *("Fontaine", "Grier", "Holloway", "Ivarsen", "Kessler"),
)
JOBS = ("Accountant", "Designer", "Engineer", "Project lead", "Surveyor", None)
DAY = 86_400_000
START = 1_704_067_200_000
"""1 January 2024 in epoch milliseconds."""

FIRST_USER = 1001
CAREFUL = 5
"""The number of the person who logs in with a second factor, and chose how dates are written."""


def full_name(number: int) -> str:
    """Give the name of the person of that number; 240 are different."""
    last = LAST_NAMES[number // len(FIRST_NAMES) % len(LAST_NAMES)]
    return f"{FIRST_NAMES[number % len(FIRST_NAMES)]} {last}"


def person(number: int, domain: str, organisation: str) -> Record:
    """Make the user of that number."""
    name = full_name(number)
    username = name.lower().replace(" ", ".")
    made = user(FIRST_USER + number, username, name, START + number * DAY)
    if number == CAREFUL:
        made |= {
            "twoFactorAuthentication": True,
            "twoFactorMode": "SMS",
            "dateFormat": "DMY",
            "twentyFourHourTimeFormat": True,
            "other": "Works from home on Mondays",
        }
    return made | {
        "email": f"{username}@{domain}",
        "jobTitle": JOBS[number % len(JOBS)],
        "organisation": organisation,
        "address": f"{number + 1} Harbour Row",
        "telephone": f"+44 20 7946 {number:04d}",
        "timeZone": "Europe/London",
        "locale": "en",
        "verifiedEmail": number % 3 != 0,
        "enabled": number % 17 != 16,  # noqa: PLR2004
        "lastActive": None if number % 4 == 0 else START + (number + 300) * DAY,
        "realName": name,
    }


def user(uid: int, username: str, name: str, now: int) -> Record:
    """Make a user with what is not given left as new users have it."""
    return {
        "id": uid,
        "username": username,
        "enabled": True,
        "locked": False,
        "name": name,
        "jobTitle": None,
        "organisation": None,
        "email": None,
        "address": None,
        "telephone": None,
        "other": None,
        "logo": False,
        "timeZone": None,
        "locale": None,
        "verifiedEmail": False,
        "twoFactorAuthentication": False,
        "twoFactorMode": None,
        "lastModified": now,
        "dateFormat": None,
        "twentyFourHourTimeFormat": False,
        "lastActive": None,
        "realName": None,
    }
