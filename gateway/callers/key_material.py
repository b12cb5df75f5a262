"""Keys that tokens are checked by: read from a JWK, a PEM or a secret, and refused where weak."""

import base64
import json
from collections.abc import Mapping, Sequence
from typing import Any, Literal, get_args

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, Key, OctKey, OKPKey, RSAKey
from joserfc.jws import JWSRegistry

Algorithm = Literal[
    "RS256",
    "RS384",
    "RS512",
    "PS256",
    "PS384",
    "PS512",
    "ES256",
    "ES384",
    "ES512",
    "EdDSA",
    "Ed25519",
    "Ed448",
    "HS256",
    "HS384",
    "HS512",
]
ALGORITHMS: Sequence[Algorithm] = get_args(Algorithm)

# A shorter modulus can be factored, and a longer one takes long to check.
_RSA_BITS = range(2048, 8193)
# What reading a key may raise, whatever is in the place of one.
_FAILURES = (
    JoseError,
    ValueError,
    TypeError,
    KeyError,
    AttributeError,
    RecursionError,
    UnsupportedAlgorithm,
)


class Unusable(ValueError):
    """No signature can be checked by this; the message holds nothing of it."""


def is_symmetric(algorithm: Algorithm) -> bool:
    """Tell whether who checks could also sign."""
    return algorithm.startswith("HS")


def from_jwk(jwk: Mapping[str, Any]) -> Key:
    """Read a public key for signatures; raises `Unusable`."""
    try:
        _check_purpose(jwk)
        return _imported(dict(jwk))
    except Unusable:
        raise
    except _FAILURES:
        raise Unusable("the key cannot be read as a public RSA, EC or OKP key") from None


def from_jwk_text(text: str) -> Key:
    """Read a public key that is written as JSON; raises `Unusable`."""
    try:
        jwk = json.loads(text)
    except (ValueError, RecursionError):
        raise Unusable("the key is not JSON") from None
    return from_jwk(jwk)


def from_pem(text: str) -> Key:
    """Read a public key; raises `Unusable`."""
    if "PRIVATE" in text:
        raise Unusable("the key is a private one")
    try:
        loaded: Any = load_pem_public_key(text.encode())
        if isinstance(loaded, RSAPublicKey):
            _check_rsa(loaded.key_size)
            return RSAKey.import_key(loaded)
        if isinstance(loaded, EllipticCurvePublicKey):
            return ECKey.import_key(loaded)
        return _for_signing(OKPKey.import_key(loaded))
    except Unusable:
        raise
    except _FAILURES:
        raise Unusable("the key cannot be read as a public RSA, EC or OKP key") from None


def from_secret(text: str, algorithms: Sequence[Algorithm]) -> Key:
    """Read a secret that is long enough for every algorithm; raises `Unusable`."""
    if "-----BEGIN" in text or text.lstrip().startswith(("{", "ssh-", "ecdsa-")):
        # What is public would be the secret.
        raise Unusable("the key for HS256 and its like is a secret, neither PEM nor JWK")
    # RFC 7518, 3.2: as long as the hash, at the least.
    least = max(int(algorithm[2:]) // 8 for algorithm in algorithms)
    if len(text.encode()) < least:
        raise Unusable(f"the secret has at least {least} bytes; `openssl rand -hex {least}`")
    try:
        return OctKey.import_key(text)
    except _FAILURES:
        raise Unusable("the key is not a secret") from None


def fits(key: Key, algorithm: str) -> bool:
    """Tell whether a signature by that algorithm can be one of this key."""
    try:
        JWSRegistry.algorithms[algorithm].check_key(key)
    except (JoseError, KeyError):
        return False
    return True


def _check_purpose(jwk: Mapping[str, Any]) -> None:
    if jwk.get("use", "sig") != "sig" or "verify" not in jwk.get("key_ops", ["verify"]):
        raise Unusable("the key is not for checking signatures")
    if "d" in jwk:
        raise Unusable("the key is a private one")


def _imported(jwk: dict[str, Any]) -> Key:
    match jwk.get("kty"):
        case "RSA":
            _check_rsa(_bits(jwk["n"]))
            return RSAKey.import_key(jwk)
        case "EC":
            return ECKey.import_key(jwk)
        case "OKP":
            return _for_signing(OKPKey.import_key(jwk))
        case _:
            raise Unusable("the key is of another kind")


def _bits(number: str) -> int:
    return int.from_bytes(base64.urlsafe_b64decode(number + "==")).bit_length()


def _check_rsa(bits: int) -> None:
    if bits not in _RSA_BITS:
        raise Unusable("the key is too short, or too long")


def _for_signing(key: OKPKey) -> OKPKey:
    if key.curve_name not in {"Ed25519", "Ed448"}:
        raise Unusable("the key is not for signatures")
    return key
