"""What an action answers where it will not do what was asked."""

from django.core.exceptions import PermissionDenied


class Refused(Exception):
    """Nothing was changed; the message says why, in words for the person who asked."""


class ShutOut(Refused, PermissionDenied):
    """The organization is suspended or was not let in: nobody of it changes anything.

    A page that catches `Refused` says so and keeps what was typed; any other door is closed (403).
    """
