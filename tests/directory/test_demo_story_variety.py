"""The demonstration's country is told in many words: few sentences come again, in French as in English."""

import re
from collections import Counter

from directory.demo.reading import DemoOrganization
from directory.demo.story_fitting import all_marked
from directory.demo.story_words import Words
from tests.directory.demo_country import Pair

SENTENCE = re.compile(r"(?<=[.!?])\s+")


def test_no_organization_tells_a_sentence_that_its_town_has_heard_and_few_tell_the_same(
    country: list[DemoOrganization],
) -> None:
    for field in ("description", "description_fr"):
        told = [(o, sentence) for o in country for sentence in SENTENCE.split(getattr(o, field)) if sentence]
        times = Counter(sentence for _, sentence in told)
        assert max(times.values()) <= 4, times.most_common(3)
        assert len(times) >= 200
        here = Counter((o.place[0].community, sentence) for o, sentence in told if o.place)
        assert [key for key, often in here.items() if often > 1] == []
        whole = Counter(getattr(o, field) for o in country if getattr(o, field))
        assert len(whole) >= 240
        assert max(whole.values()) <= 4


def test_no_service_sentence_comes_often(pairs: list[Pair]) -> None:
    for field in ("description", "description_fr"):
        times = Counter(x for _, s in pairs for x in SENTENCE.split(getattr(s, field)) if x)
        assert max(times.values()) <= 10, times.most_common(3)
        assert len(times) >= 800


def test_french_says_vous_everywhere(pairs: list[Pair], words: Words) -> None:
    familiar = re.compile(r"\b(tu|toi|ton|tes|te)\b|\bt'", re.IGNORECASE)
    for _, service in pairs:
        for field in ("name_fr", "description_fr", "eligibility_description_fr", "application_process_fr"):
            assert not familiar.search(getattr(service, field)), getattr(service, field)
    says = [say for kind in words.kinds.values() for say in (*kind.names, *kind.does, *kind.more)]
    assert [say.fr for say in says if familiar.search(say.fr)] == []


def test_facts_that_sentences_state_are_facts_of_their_services(made_pairs: list[Pair], words: Words) -> None:
    """The sentence and its facts come from one choice: wherever the sentence stands, its facts stand too."""
    stating = {
        (kind.slug, say.en): all_marked(say, "=")
        for kind in words.kinds.values()
        for say in (*kind.does, *kind.more)
        if all_marked(say, "=") and "{" not in say.en
    }
    found = 0
    for _, service in made_pairs:
        for (slug, text), facts in stating.items():
            if slug == service.key and text in service.description:
                found += 1
                assert set(facts) <= set(service.facts), (text, service.facts)
    assert found >= 50
