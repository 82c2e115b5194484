"""`make bench`: each benchmark prints its figures; the last lines are ratios measured in this one run.

`python -m bench attack` runs one of the quick ones by itself.
"""

import os
import sys

import django


def main() -> int:
    """Run every benchmark: the quick ones on this clone's own prepared database, the large ones on their own."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
    sys.path.insert(0, os.getcwd())
    django.setup()
    from bench import attack, exchange, finding, million, places, search  # after Django knows its settings

    ratios: dict[str, float] = {}
    each, asked = {"places": places, "search": search, "exchange": exchange, "attack": attack}, sys.argv[1:]
    for name in asked or each:
        ratios |= each[name].run()
    if not asked:
        with million.loaded() as country:
            ratios |= country.ratios
            ratios |= finding.run({country.services: country.database})
    for name, value in ratios.items():
        print(f"{name}: {value:.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
