"""Translating with wagtail-localize: the French page keeps what is no text, and is a draft until it was approved."""

import pytest
from django.utils import timezone
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, Translation, TranslationSource
from wagtail_localize.operations import translate_object

from cms.models.edition import Edition
from cms.models.protocol import ProtocolPage
from tests.cms.conftest import Publish, fields

pytestmark = pytest.mark.django_db


def test_a_translated_page_is_a_draft_with_the_same_facts_and_its_own_words(publish: Publish) -> None:
    page = publish("tea", **fields())
    french = Locale.objects.get(language_code="fr")
    translate_object(page, [french])
    translation = Translation.objects.get(target_locale=french)
    segment = translation.source.stringsegment_set.get(string__data="Make tea")
    StringTranslation.objects.create(
        translation_of=segment.string,
        locale=french,
        context=segment.context,
        data="Faire du thé",
        translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
        updated_at=timezone.now(),
    )
    translation.save_target(publish=False)
    made = ProtocolPage.objects.get(locale=french).get_latest_revision_as_object()
    assert not made.live
    assert TranslationSource.objects.count() == 1
    told, source = made.facts(), page.facts()
    assert told["steps"][0] == source["steps"][0] | {"title": "Faire du thé"}
    for name in ("sector", "forms", "needs", "evidence", "review_by"):
        assert told[name] == source[name], name
    assert set(Edition.objects.values_list("language", flat=True)) == {"en"}
