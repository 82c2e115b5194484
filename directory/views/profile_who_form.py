"""Who can come: each thing that can be asked is answered with yes, no or nothing; ages and stays have bounds."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.finding.stated import facts_from_json, facts_json
from directory.rules.eligibility_terms import DIMENSIONS, Counted, Dimension, Fact, Term, check_facts
from directory.views.languages import language
from directory.views.profile_forms import TextsForm, Values

YES, NO = "yes", "no"


def _named(known: Dimension | Term) -> str:
    return known.name_fr if language() == "fr" else known.name


class WhoForm(TextsForm):
    """Structured eligibility, and the words beside it."""

    title = gettext_lazy("Who can come")
    lead = gettext_lazy(
        "What you leave open is shown as “ask”, and hides you from nobody. Taking fewer people than before is read by "
        "somebody first."
    )
    template = "directory/_task_who.html"
    pairs = ("eligibility_description",)

    def keys(self) -> list[str]:
        """The facts, and the words."""
        return ["facts", *super().keys()]

    def _names(self) -> list[str]:
        return ["eligibility_description", "eligibility_description_fr"]

    def begin(self) -> None:
        """A field for each term; two for bounds."""
        super().begin()
        self.facts = {(f.dimension, f.term): f for f in facts_from_json(self.shown.get("facts") or [])}
        for dimension in DIMENSIONS.values():
            if dimension.is_one_of_them:
                self._add_choice(dimension)
                continue
            is_counted = dimension.counted is not Counted.NOTHING
            for term in dimension.terms:
                self._add_answer(dimension, term)
                if is_counted:
                    self._add_bounds(dimension, term)
            if is_counted and not dimension.terms:
                self._add_bounds(dimension, None)

    def _add_choice(self, dimension: Dimension) -> None:
        """One of a few answers holds."""
        stated = [term for (slug, term) in self.facts if slug == dimension.slug]
        choices = [("", _("not stated")), *((term.slug, _named(term)) for term in dimension.terms)]
        self.fields[dimension.slug] = forms.ChoiceField(
            label=_named(dimension), choices=choices, required=False, initial="".join(stated[:1])
        )

    def _add_answer(self, dimension: Dimension, term: Term) -> None:
        fact = self.facts.get((dimension.slug, term.slug))
        self.fields[f"{dimension.slug}-{term.slug}"] = forms.ChoiceField(
            label=_named(term),
            choices=[("", _("not stated")), (YES, _("yes")), (NO, _("no"))],
            required=False,
            initial="" if fact is None else YES if fact.stated else NO,
        )

    def _add_bounds(self, dimension: Dimension, term: Term | None) -> None:
        slug = term.slug if term else ""
        fact = self.facts.get((dimension.slug, slug))
        is_days = dimension.counted is Counted.DAYS
        ends = {
            "low": _("at least, in days") if is_days else _("from this age on"),
            "high": _("at most, in days") if is_days else _("up to this age"),
        }
        for end, label in ends.items():
            self.fields[f"{dimension.slug}-{slug}-{end}"] = forms.DecimalField(
                label=f"{_named(term)}, {label}" if term else label,
                required=False,
                localize=False,
                min_value=0,
                max_value=dimension.counted.value,
                max_digits=8,
                decimal_places=3,
                initial=_plain(getattr(fact, end)) if fact else None,
                widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
            )

    def groups(self) -> list[dict[str, Any]]:
        """By dimension: its name, its fields, how many answers stand there; it opens where one is not right."""
        return [self._group(dimension) for dimension in DIMENSIONS.values()]

    def _group(self, dimension: Dimension) -> dict[str, Any]:
        names = [name for name in self.fields if name.split("-")[0] == dimension.slug]
        return {
            "name": _named(dimension),
            "fields": [self[name] for name in names],
            "told": sum(1 for slug, _term in self.facts if slug == dimension.slug),
            "opens": not self.errors.keys().isdisjoint(names),
        }

    def clean(self) -> Values:
        """What the rules refuse, told at the field that it is about."""
        told = super().clean()
        for name in [name for name in self.fields if name.endswith("-low")]:
            low, high = told.get(name), told.get(name.removesuffix("low") + "high")
            if low is not None and high is not None and low > high:
                self.add_error(name, _("This is more than the other end."))
        if not self.errors and check_facts(self._facts()):
            self.add_error(None, _("Something here contradicts itself."))
        return told

    def _facts(self) -> list[Fact]:
        found = []
        for dimension in DIMENSIONS.values():
            if dimension.is_one_of_them:
                chosen = self.cleaned_data.get(dimension.slug)
                found += [Fact(dimension.slug, chosen)] if chosen else []
                continue
            for term in [term.slug for term in dimension.terms] or [""]:
                found += self._fact(dimension, term)
        return found

    def _fact(self, dimension: Dimension, term: str) -> list[Fact]:
        told = self.cleaned_data
        answer = told.get(f"{dimension.slug}-{term}")
        low, high = (told.get(f"{dimension.slug}-{term}-{end}") for end in ("low", "high"))
        is_bounded = low is not None or high is not None
        if dimension.terms and not answer and is_bounded:
            answer = YES
        if not (answer if dimension.terms else is_bounded):
            return []
        return [Fact(dimension.slug, term, stated=answer != NO, low=low, high=high)]

    def values(self) -> Values:
        """The facts as they are stored, and the words."""
        return {"facts": facts_json(self._facts()), **super().values()}


def _plain(bound: Decimal | None) -> str | None:
    return None if bound is None else f"{bound.normalize():f}"
