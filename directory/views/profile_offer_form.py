"""What a listing offers: what it is first of all, and what else, ticked by group."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.finding.vocabulary import Vocabulary, read_vocabulary
from directory.models.need import Need
from directory.views.languages import language
from directory.views.profile_forms import TaskForm, Values


class OfferFields(TaskForm):
    """A list of one for the main kind, and boxes for the others, group by group."""

    def add_offers(self, chosen: Sequence[str]) -> None:
        """`chosen` are slugs, the main one first. A group that stands there by itself is offered beside its kinds."""
        words = read_vocabulary("default")
        self.chosen = list(chosen)
        kinds = {
            group.slug: [*_named(words, [group] if group.slug in chosen else []), *_named(words, of_it)]
            for group in words.groups
            for of_it in [words.kinds_of(group.slug)]
        }
        names = {slug: words.name(slug, language()) for slug in kinds}
        self.fields["main"] = forms.ChoiceField(
            label=_("What it is first of all"),
            choices=[("", ""), *((names[slug], boxes) for slug, boxes in kinds.items())],
            initial=next(iter(self.chosen), ""),
        )
        for slug, boxes in kinds.items():
            self.fields[f"also-{slug}"] = forms.MultipleChoiceField(
                label=names[slug],
                choices=boxes,
                required=False,
                widget=forms.CheckboxSelectMultiple,
                initial=[one for one in self.chosen[1:] if one in dict(boxes)],
            )

    def also(self) -> list[dict[str, Any]]:
        """The boxes of each group, and whether any is ticked."""
        found = [self[name] for name in self.fields if name.startswith("also-")]
        return [{"field": field, "opens": bool(field.value())} for field in found]

    def offers(self) -> list[str]:
        """The slugs, the main one first; of the others those that stood there in their order.

        What stood there and is offered to nobody any more stays: nobody was asked about it.
        """
        told, words = self.cleaned_data, read_vocabulary("default")
        ticked = [slug for name in self.fields if name.startswith("also-") for slug in told[name]]
        asked = {need.slug for need in words.needs.values() if need.is_offered}
        stood = [slug for slug in self.chosen if slug in ticked or slug not in asked]
        return list(dict.fromkeys([told["main"], *stood, *ticked]))


def _named(words: Vocabulary, needs: Sequence[Need]) -> list[tuple[str, str]]:
    return [(need.slug, words.name(need.slug, language())) for need in needs]


class OffersForm(OfferFields):
    """Of a listing that is there."""

    title = gettext_lazy("What it offers")
    lead = gettext_lazy(
        "Somebody reads a change of this before it is on the site. If it offers beds, jobs or peer support from now "
        "on, we call you back first."
    )
    template = "directory/_task_offers.html"

    def keys(self) -> list[str]:
        """The one part."""
        return ["needs"]

    def begin(self) -> None:
        """As it is stored."""
        self.add_offers(self.shown.get("needs") or [])

    def values(self) -> Values:
        """The slugs."""
        return {"needs": self.offers()}
