"""`python -m bench.attack_stranger AREA...`: what a stranger learns of the hidden places in these areas, as JSON.

Asks the public doors of the database in the environment, and nothing else; the last line is what he believes.
"""

import json
import sys
from dataclasses import asdict

import django


def main(slugs: list[str]) -> None:
    """Ask from around every area, then say of each hidden listing what is believed of it."""
    django.setup()
    from django.conf import settings
    from django.test import Client

    from directory.finding.places import gazetteer
    from tests.attacker.attack import Attack
    from tests.attacker.posterior import Atlas
    from tests.attacker.stranger import Stranger
    from tests.attacker.survey import beliefs, survey

    settings.ALLOWED_HOSTS = ["testserver"]
    atlas = Atlas(gazetteer().communities)
    attack = Attack(Stranger(Client()), atlas)
    survey(attack, map(atlas.area, slugs))
    told = {id_: asdict(belief) for id_, belief in beliefs(attack).items()}
    print(json.dumps({"asked": attack.stranger.asked, "hidden": told}))


if __name__ == "__main__":
    main(sys.argv[1:])
