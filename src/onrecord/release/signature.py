"""The signature of a manifest: Ed25519 (RFC 8032) over its bytes, in a file beside it.

The file is what OpenBSD's signify writes: a line of comment, then base64 of `Ed`, the number of the key (8 bytes) and
the signature (64). The number of the key is the beginning of the SHA-256 of the public key. Keys are PEM files, as
openssl makes them; a public key may also be one of signify's files. A key that lies beside the data proves nothing: no
function here looks for one.
"""

import base64
import binascii
import hashlib
import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.errors import ConfigurationError, InputError
from onrecord.release.manifest import NAME

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

_COMMENT = "untrusted comment: "
_ALGORITHM = b"Ed"
_NUMBER, _KEY, _SIGNATURE = 8, 32, 64
_MOST = 4_096
"""Bytes that a key or a signature has at the most."""


def number_of(public: bytes) -> bytes:
    """The number that tells which key has signed."""
    return hashlib.sha256(public).digest()[:_NUMBER]


def sign(manifest: bytes, key: Path) -> bytes:
    """The content of the signature's file. `key` is a private key (PEM, PKCS 8, without a password).

    Raises ConfigurationError for a file that is no such key, and where the package `cryptography` is not installed.
    """
    private = _private(key)
    number = number_of(private.public_key().public_bytes_raw())
    comment = f"{_COMMENT}Ed25519 signature of {NAME} by the key {number.hex()}\n"
    return comment.encode() + base64.b64encode(_ALGORITHM + number + private.sign(manifest)) + b"\n"


def signer_of(signature: bytes) -> bytes:
    """The number of the key that a signature says it was made with. Raises InputError for what is no signature."""
    return _parts(signature, _SIGNATURE)[0]


def is_signed(manifest: bytes, signature: bytes, public: bytes) -> bool:
    """Whether a signature is of these bytes by the owner of this public key (32 bytes).

    Raises InputError for what is no signature, ConfigurationError where `cryptography` is not installed.
    """
    number, written = _parts(signature, _SIGNATURE)
    _needed()
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(public).verify(written, manifest)
    except InvalidSignature:
        return False
    return number == number_of(public)


def public_key(file: Path) -> bytes:
    """The 32 bytes of a public key, of a PEM file or one of signify's.

    Raises ConfigurationError for a file that is none, and where the package `cryptography` is not installed.
    """
    data = _read(file)
    if data.startswith(_COMMENT.encode()):
        try:
            return _parts(data, _KEY)[1]
        except InputError as error:
            raise ConfigurationError(f"{file} is no Ed25519 public key") from error
    _needed()
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import load_pem_public_key

    try:
        found = load_pem_public_key(data)
    except (ValueError, UnsupportedAlgorithm) as error:
        raise ConfigurationError(
            f"{file} is no public key", hint="make it of the private one: openssl pkey -in KEY.pem -pubout"
        ) from error
    if not isinstance(found, Ed25519PublicKey):
        raise ConfigurationError(f"{file} is no Ed25519 key")
    return found.public_bytes_raw()


def _private(file: Path) -> "Ed25519PrivateKey":
    _needed()
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        found = load_pem_private_key(_read(file), password=None)
    except TypeError as error:
        raise ConfigurationError(f"{file} has a password", hint="openssl pkey -in KEY.pem takes it off") from error
    except (ValueError, UnsupportedAlgorithm) as error:
        raise ConfigurationError(
            f"{file} is no private key", hint="make one: openssl genpkey -algorithm ed25519 -out KEY.pem"
        ) from error
    if not isinstance(found, Ed25519PrivateKey):
        raise ConfigurationError(
            f"{file} is no Ed25519 key", hint="make one: openssl genpkey -algorithm ed25519 -out KEY.pem"
        )
    return found


def _parts(data: bytes, length: int) -> tuple[bytes, bytes]:
    """The number of the key and what follows it, of the content of one of signify's files."""
    lines = data.split(b"\n")
    try:
        raw = base64.b64decode(lines[1], validate=True)
    except (IndexError, binascii.Error) as error:
        raise InputError("not an Ed25519 signature") from error
    if not data.startswith(_COMMENT.encode()) or lines[2:] != [b""] or len(raw) != 2 + _NUMBER + length:
        raise InputError("not an Ed25519 signature")
    if raw[:2] != _ALGORITHM:
        raise InputError("not an Ed25519 signature")
    return raw[2 : 2 + _NUMBER], raw[2 + _NUMBER :]


def _read(file: Path) -> bytes:
    try:
        with file.open("rb") as stream:
            return stream.read(_MOST)
    except OSError as error:
        raise ConfigurationError(f"the key {file} cannot be read: {error.strerror}") from error


def _needed() -> None:
    """Signing needs a package that not everybody has. Raises ConfigurationError where it is not there."""
    if importlib.util.find_spec("cryptography") is None:
        raise ConfigurationError("signatures need the package cryptography", hint="pip install 'onrecord[sign]'")
