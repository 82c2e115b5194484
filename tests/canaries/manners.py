"""How closely each reader asks: who sees something by the same code as another asks it less closely.

Every route is asked by each reader for whom it may answer otherwise than for the last; nothing here names a route, so
that one that is added is asked by all of them.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from tests.canaries.routes import Path

SIGNING_IN = re.compile(r"/(?:en|fr)/accounts/(?!still-true/|invitation/)")
"""The pages of allauth, which know nobody's organization."""


@dataclass(frozen=True, slots=True)
class Manner:
    """`in_french`: what is shown in English is read in French too; `sends`: forms, by POST; `methods`: besides these.

    `public`, `private`, `administration`, `editing`, `signing_in`: every address of that part ("all"), the first of
    each of its routes ("first"), none (""). `is_thorough`: what is refused is asked in French too, what was written
    noted.
    """

    in_french: bool = False
    sends: bool = True
    methods: tuple[str, ...] = ()
    public: str = ""
    private: str = "all"
    administration: str = ""
    editing: str = ""
    signing_in: str = ""
    is_thorough: bool = False

    def picked(self, paths: Iterable[Path]) -> list[Path]:
        """What is asked of all addresses that there are."""
        return [path for path in paths if self.takes(path)]

    def takes(self, path: Path) -> bool:
        """True for an address that is asked."""
        how = self._how(path)
        return how == "all" or (how == "first" and path.is_first)

    def _how(self, path: Path) -> str:
        if not path.is_private:
            return self.public
        if path.is_administration:
            return self.administration
        if path.is_editing:
            return self.editing
        return self.signing_in if SIGNING_IN.match(path.path) else self.private


BESIDES = ("HEAD", "OPTIONS")
READERS: dict[str, Manner] = {
    # Signed-in work sends a visitor away by its address, and so it does who gave a password alone.
    "visitor": Manner(
        in_french=True, methods=BESIDES, public="all", private="first", editing="first", signing_in="first"
    ),
    "password_alone": Manner(
        methods=BESIDES,
        private="first",
        administration="first",
        editing="first",
        signing_in="first",
        is_thorough=True,
    ),
    "own_worker": Manner(methods=BESIDES),
    "own_keeper": Manner(methods=BESIDES),
    "own_lead": Manner(
        in_french=True,
        methods=BESIDES,
        public="first",
        administration="first",
        signing_in="first",
        editing="first",
    ),
    "adviser": Manner(methods=BESIDES),
    "steward": Manner(in_french=True, methods=BESIDES, administration="all", editing="first"),
    # Leads; who is shut out by its standing sees by the same tier as enforcement (test_classes.py).
    "other_lead": Manner(in_french=True, methods=BESIDES),
    "enforcement": Manner(in_french=True, methods=BESIDES),
    "outsider": Manner(methods=BESIDES),
    # At the desk whoever edits is an account that belongs nowhere, as the outsider is. Pages of Wagtail's are many.
    "editor": Manner(private="", editing="first", sends=False),
}
"""Everybody, by name; `own`: of the protected house."""
OUTSIDE = ("visitor", "password_alone")
"""Those whom the gate in front of signed-in work sends away."""
EDITOR = "editor"
"""Who alone gets the pages of Wagtail."""
ASKS = Manner(sends=False)
"""Reads what is picked, in English."""
SENDS = Manner()
"""Reads and sends."""
