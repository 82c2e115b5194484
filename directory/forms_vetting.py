"""What stewards fill in when they look at an organization, and what an organization answers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from directory.models.safety_report import CHANNELS, JUDGEMENTS
from directory.models.vetting_labels import KINDS, OUTCOMES, TOLD
from directory.models.vetting_paper import Paper
from directory.rules.safety_reports import Channel
from directory.rules.standing import Standing
from directory.rules.vetting import LONGEST, Answers, Way


def _area(rows: int = 4) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def _day(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(
        label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **more
    )


class PointForm(forms.Form):
    """One point of the checklist."""

    is_done = forms.TypedChoiceField(
        label=_("This point is"),
        choices=[("yes", _("done")), ("no", _("not done"))],
        coerce=lambda value: value == "yes",
    )
    note = forms.CharField(label=_("How do you know?"), widget=_area(3), max_length=LONGEST, required=False)


class PaperForm(forms.Form):
    """A paper that came otherwise than with an application, or a training."""

    paper = forms.ChoiceField(label=_("What"), choices=Paper)
    on = _day(_("Signed or held on"))
    version = forms.CharField(label=_("Version of the text"), max_length=20, required=False)


class SponsorForm(forms.Form):
    """Who answers for the organization that applies."""

    sponsor = forms.ChoiceField(label=_("Approved organization that answers for it"))

    def __init__(self, *given: Any, approved: list[tuple[str, str]], **more: Any) -> None:
        """`approved`: ids and names of those that may."""
        super().__init__(*given, **more)
        self.fields["sponsor"].choices = approved  # type: ignore[attr-defined]  # a ChoiceField has them


class LetInForm(forms.Form):
    """What one steward proposes and another agrees to."""

    outcome = forms.ChoiceField(
        label=_("Propose"),
        choices=[(one, OUTCOMES[one]) for one in (Standing.APPROVED, Standing.CONDITIONAL)],
    )
    kind = forms.ChoiceField(label=_("What the organization is"), choices=list(KINDS.items()))
    until = _day(_("Last day"))
    reason = forms.CharField(
        label=_("Why, and on which conditions? The organization is told."), widget=_area(), max_length=LONGEST
    )
    appeal = forms.CharField(
        label=_("How it can object"), widget=_area(2), max_length=LONGEST, required=False
    )


class ShutOutForm(forms.Form):
    """What one steward decides at once."""

    outcome = forms.ChoiceField(
        label=_("Decide"),
        choices=[
            (Standing.DECLINED, _("Do not let in")),
            (Standing.SUSPENDED, _("Suspend")),
            (Standing.EXPIRED, _("End: a new decision is needed")),
        ],
    )
    reason = forms.CharField(label=_("Why? The organization is told."), widget=_area(), max_length=LONGEST)
    appeal = forms.CharField(
        label=_("How it can object"), widget=_area(2), max_length=LONGEST, required=False
    )


class QuestionForm(forms.Form):
    """What an adviser asks."""

    question = forms.CharField(
        label=_("Your question"),
        help_text=_("Until a steward answers it, nobody can agree to let this organization in."),
        widget=_area(),
        max_length=LONGEST,
    )


class AnswerForm(forms.Form):
    """What a steward answers."""

    answer = forms.CharField(label=_("Answer"), widget=_area(3), max_length=LONGEST)


class TellForm(forms.Form):
    """What somebody who was not safe tells us. No name, no address: nobody is asked who they are."""

    place = forms.CharField(
        label=_("Which place or service?"),
        help_text=_("Its name, and the town if you know it."),
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    words = forms.CharField(
        label=_("What happened?"),
        help_text=_("A few words are enough. You need not say who you are, nor who did it."),
        widget=forms.Textarea(attrs={"rows": 6, "autocomplete": "off"}),
        max_length=LONGEST,
    )


class WriteDownForm(TellForm):
    """What a steward was told by somebody."""

    channel = forms.ChoiceField(
        label=_("How was it told?"),
        choices=[(one, label) for one, label in CHANNELS.items() if one is not Channel.FORM],
    )


class JudgeForm(forms.Form):
    """What a steward makes of a report."""

    judgement = forms.ChoiceField(label=_("What is it?"), choices=[("", _("Choose")), *JUDGEMENTS.items()])
    organization = forms.CharField(
        label=_("Which organization is it?"),
        help_text=_("Its name as on its listing. It is needed to suspend it."),
        max_length=300,
        required=False,
    )
    why = forms.CharField(
        label=_("Why?"),
        help_text=_("For stewards alone: the organization is told nothing of it."),
        widget=_area(),
        max_length=LONGEST,
    )


def _told(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=[("", _("Choose")), *TOLD.items()], required=False)


def _words(label: Any, hint: Any = "", rows: int = 4) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hint, widget=_area(rows), max_length=LONGEST, required=False
    )


class ApplicationForm(forms.Form):
    """All that is asked of an organization. A draft may leave anything open; what is missing is said at sending."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 2, required=False)
    who = _words(_("Who are you?"), _("What your organization is, and for whom it is there."))
    way = forms.ChoiceField(
        label=_("How can we know you?"),
        choices=[
            ("", _("Choose")),
            (Way.LEGAL, _("By a legal identity of your own")),
            (Way.SPONSOR, _("By a network or organization that answers for you")),
        ],
        help_text=_(
            "Grassroots, peer and sex-worker groups need no legal identity: an approved one may answer."
        ),
        required=False,
    )
    legal_identity = _words(_("Legal name and number"), _("If you have them: register, number, province."), 2)
    sponsor = _words(_("Which network answers for you?"), _("Its name, and whom we can ask there."), 2)
    services = _words(_("What do you offer?"))
    references = _words(
        _("Who knows your work?"), _("Two people or organizations, and how to reach them. Ask them first.")
    )
    privacy_lead = _words(_("Who looks after privacy?"), _("Name, and how to reach this person."), 2)
    trained_on = forms.CharField(
        label=_("When were your people last trained in privacy?"),
        help_text=_("Leave it empty if they were not yet."),
        widget=forms.DateInput(attrs={"type": "date"}),
        max_length=10,
        required=False,
    )
    tells_police = _told(_("What do you tell the police?"))
    tells_immigration = _told(_("What do you tell immigration?"))
    tells_child_protection = _told(_("What do you tell child protection?"))
    tells_more = _words(_("Anything to add about that?"), rows=3)
    conduct = forms.BooleanField(label=_("We agree to the code of conduct."), required=False)
    mou = forms.BooleanField(label=_("We sign the memorandum of understanding, for a year."), required=False)

    def answers(self) -> Answers:
        """What was typed; what the form itself found wrong is empty."""
        told = {name: self.cleaned_data.get(name, "") for name in self.fields if name != "version"}
        ticked = {True: "yes", False: ""}
        return Answers(**{n: ticked[v] if isinstance(v, bool) else str(v) for n, v in told.items()})
