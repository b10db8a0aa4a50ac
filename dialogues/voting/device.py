"""A voter's device: a random token in its own cookie, and nothing else. No account, no session, no time.

The server keeps a digest of it for each ballot the device has voted in, so that it votes once and the slips of two
ballots cannot be laid together.
"""

import hashlib
import secrets
from dataclasses import dataclass

from django.conf import settings
from django.core.signing import BadSignature, Signer

COOKIE, PATH = "rost", "/rosta/"
MOST_SECONDS = 7 * 24 * 60 * 60
SIGNER = Signer(salt="ballot-device")  # not the cookie signer of Django, which adds the time


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class Device:
    """`is_known` when the browser sent the token back."""

    token: str
    is_known: bool

    @property
    def mark(self) -> str:
        """What the forms on its pages carry. A page of another site can neither read nor guess it, so it stands
        for Django's token against forged posts, and can say at its place when the browser keeps no cookies."""
        return _digest(f"form {self.token}")

    def digest(self, ballot) -> str:
        """What a slip holds."""
        return _digest(f"{ballot.pk} {self.token}")

    def sent(self, mark: str) -> bool:
        """Whether a form was made for this device. Compared in constant time."""
        return self.is_known and secrets.compare_digest(self.mark.encode(), mark.encode())


def device_of(request) -> Device:
    """The device that asks, or a new one. Reads the cookie alone."""
    try:
        return Device(SIGNER.unsign(request.COOKIES[COOKIE]), is_known=True)
    except (KeyError, BadSignature):
        return Device(secrets.token_urlsafe(24), is_known=False)


def remember(response, device: Device) -> None:
    """Let the browser keep the token, for the pages where one votes alone."""
    response.set_cookie(
        COOKIE, SIGNER.sign(device.token), max_age=MOST_SECONDS, path=PATH, httponly=True, samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip
