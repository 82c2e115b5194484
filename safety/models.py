"""Where Django looks for models: each stands in the module of its subject, beside its functions."""

from safety.audit import AuditEntry, AuditLink
from safety.limits import WrongGuess
from safety.notices import Notice
from safety.owner_keys import OwnerKey

__all__ = ["AuditEntry", "AuditLink", "Notice", "OwnerKey", "WrongGuess"]
