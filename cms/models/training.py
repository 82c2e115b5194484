"""Trainings."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from cms.models.instructed import InstructedPage


class TrainingPage(InstructedPage):
    """What workers learn together; its steps are the parts of the training."""

    kind: ClassVar[str] = "training"

    class Meta:
        verbose_name = _("training")
