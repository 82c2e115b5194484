"""HTML becomes a PDF that screen readers can walk (PDF/UA-1), without asking anybody for anything."""

from email.message import EmailMessage
from functools import lru_cache

from cms.papers.page import found_file

FONTS = {"regular": "vendor/noto-sans-regular.woff2", "bold": "vendor/noto-sans-bold.woff2"}
SCHEME = "relais-font:"


@lru_cache(maxsize=1)
def _fonts() -> dict[str, bytes]:
    return {f"{SCHEME}{name}": found_file(path).read_bytes() for name, path in FONTS.items()}


def as_pdf(html: str, style: str, digest: str) -> bytes:
    """The PDF, with its tags, its language and its title. The same page makes the same bytes.

    WeasyPrint is loaded here and not before: only the worker makes papers, and a site's process stays small.
    """
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OnlyFonts(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
        """Gives the two fonts, and refuses every other address."""

        def fetch(self, url: str, headers: EmailMessage | None = None) -> URLFetcherResponse:
            if url not in _fonts():
                raise ValueError("A paper asks for nothing but its fonts.")
            return URLFetcherResponse(url, _fonts()[url], {"Content-Type": "font/woff2"})

    fetcher, fonts = OnlyFonts(), FontConfiguration()
    sheet = CSS(string=style, font_config=fonts, url_fetcher=fetcher)
    made: bytes = HTML(string=html, url_fetcher=fetcher).write_pdf(
        stylesheets=[sheet],
        font_config=fonts,
        pdf_variant="pdf/ua-1",
        pdf_identifier=bytes.fromhex(digest)[:16],
    )
    return made
