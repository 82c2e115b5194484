"""Protocols."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from cms.models.instructed import InstructedPage


class ProtocolPage(InstructedPage):
    """How to do a thing well, step by step: an emergency response, a first meeting, a handover."""

    kind: ClassVar[str] = "protocol"

    class Meta:
        verbose_name = _("protocol")
