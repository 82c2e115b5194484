"""How people reach a service or its organization: numbers, an e-mail address, a website."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.finding.profile import PHONE_FIELDS
from directory.views.profile_forms import CALLED_BACK, LONGEST, TaskForm, Values

BLANKS = 1
LONGEST_NUMBER, LONGEST_LABEL = 40, 120
FEWEST_DIGITS = 3


class ContactForm(TaskForm):
    """The contact of a listing. An emptied number is taken away."""

    title = gettext_lazy("Contact")
    lead = CALLED_BACK
    template = "directory/_task_contact.html"
    phones_key, email_key, site_key = "phones", "service.email", "service.url"

    def keys(self) -> list[str]:
        """Numbers, address and site."""
        return [self.phones_key, self.email_key, self.site_key]

    def begin(self) -> None:
        """A group of fields for each number, and an empty one."""
        self.rows = [*(self.shown.get(self.phones_key) or []), *({} for _blank in range(BLANKS))]
        for place, row in enumerate(self.rows):
            self._add_row(place, row)
        text = {"required": False, "max_length": LONGEST}
        self.fields["email"] = forms.EmailField(label=_("E-mail address"), **text)
        self.fields["site"] = forms.URLField(label=_("Website"), assume_scheme="https", **text)
        self.fields["email"].initial = self.shown.get(self.email_key)
        self.fields["site"].initial = self.shown.get(self.site_key)
        # As text: a browser's own check of an address speaks the browser's language, and loses the place.
        for name in ("email", "site"):
            self.fields[name].widget = forms.TextInput(attrs={"autocomplete": "off"})

    def _add_row(self, place: int, row: dict[str, str]) -> None:
        def add(name: str, field: forms.Field) -> None:
            field.initial = row.get(name, "")
            self.fields[f"{name}-{place}"] = field

        def line(label: str, most: int) -> forms.CharField:
            return forms.CharField(label=label, required=False, max_length=most)

        kinds = [("", _("to call")), ("text", _("for texts")), ("fax", _("fax"))]
        if row.get("type") == "voice":  # what a number is without a type: one choice, kept as it was written
            kinds[0] = ("voice", kinds[0][1])
        elif row.get("type") and row["type"] not in dict(kinds):
            kinds.append((row["type"], row["type"]))
        add("id", forms.CharField(required=False, widget=forms.HiddenInput))
        add("number", line(_("Number"), LONGEST_NUMBER))
        add("extension", line(_("Extension"), LONGEST_NUMBER))
        add("type", forms.ChoiceField(label=_("What for"), choices=kinds, required=False))
        add("description", line(_("Whose number, in English"), LONGEST_LABEL))
        add("description_fr", line(_("Whose number, in French"), LONGEST_LABEL))

    @property
    def inherits(self) -> bool:
        """True of a listing without numbers: it shows the organization's."""
        return self.phones_key == "phones" and not self.profile.get(self.phones_key)

    def groups(self) -> list[list[Any]]:
        """The fields of each number."""
        return [
            [self[f"{name}-{place}"] for name in ("id", *PHONE_FIELDS)] for place in range(len(self.rows))
        ]

    def clean(self) -> Values:
        """A number has digits; what is said of a number needs one."""
        told = super().clean()
        for place in range(len(self.rows)):
            number = told.get(f"number-{place}", "")
            about = [told.get(f"{name}-{place}") for name in ("extension", "description", "description_fr")]
            if number and sum(c.isdigit() for c in number) < FEWEST_DIGITS:
                self.add_error(f"number-{place}", _("This is not a telephone number."))
            if not number and not self.rows[place] and any(about):
                self.add_error(f"number-{place}", _("The number is missing."))
        return told

    def values(self) -> Values:
        """The numbers that are left, each with the id of its row."""
        told = self.cleaned_data
        phones = [
            {name: told[f"{name}-{place}"] for name in ("id", *PHONE_FIELDS)}
            for place in range(len(self.rows))
            if told[f"number-{place}"]
        ]
        return {self.phones_key: phones, self.email_key: told["email"], self.site_key: told["site"]}


class OrganizationContactForm(ContactForm):
    """The contact of the organization: shown of each listing that has none of its own."""

    phones_key, email_key, site_key = "organization.phones", "organization.email", "organization.website"
