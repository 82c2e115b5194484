"""What an action answers where it will not do what was asked."""


class Refused(Exception):
    """Nothing was changed; the message says why, in words for the person who asked."""
