"""Every sentence on a page passes through gettext: a bare one would be English for everybody."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# Both stand in two languages by themselves: the choice of language, and the page that needs nothing.
BILINGUAL = {"languages.html", "errors/500.html"}
# Names: the site's own, and of the languages in themselves.
NAMES = {"Relais", "Français", "English"}
STRIPPED = [
    re.compile(
        r"{% block (?:robots|main_class|body_class) %}.*?{% endblock %}", re.DOTALL
    ),  # no words for readers
    re.compile(r"{% blocktranslate.*?{% endblocktranslate %}", re.DOTALL),
    re.compile(r"{% comment.*?{% endcomment %}", re.DOTALL),
    re.compile(r"{#.*?#}|{%.*?%}|{{.*?}}", re.DOTALL),
    re.compile(r"<!--.*?-->|<!doctype[^>]*>|<[^>]*>", re.DOTALL | re.IGNORECASE),
    re.compile(r"&[a-z]+;"),
]


def bare_words(text: str) -> list[str]:
    """Words that stand in a template outside of tags, variables and translated blocks."""
    for pattern in STRIPPED:
        text = pattern.sub(" ", text)
    return [word for word in re.findall(r"[^\W\d_]{2,}", text) if word not in NAMES]


def test_no_template_holds_a_bare_sentence() -> None:
    for path in sorted((ROOT / "templates").rglob("*.html")):
        name = str(path.relative_to(ROOT / "templates"))
        if name not in BILINGUAL:
            assert bare_words(path.read_text(encoding="utf-8")) == [], name


def test_a_bare_sentence_is_found() -> None:
    assert bare_words("<p>Call us {{ name }}</p>") == ["Call", "us"]
    assert bare_words('{% translate "Call us" %} {% blocktranslate %}now{% endblocktranslate %}') == []
