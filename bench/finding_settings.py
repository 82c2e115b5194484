"""How `bench/finding.py` serves the site: the clone's own settings, the two views beside it, limits out of reach."""

from config.settings.local import *  # noqa: F403

ROOT_URLCONF = "bench.finding_urls"
# The limiter still counts each request: it belongs to what a search costs.
THROTTLE_LIMITS = {"/api/": 10**9}
# The plain view may take its time: it is to be measured, not to be cut off. `public` keeps its role's own limit.
DATABASES["default"]["OPTIONS"]["options"] = "-c statement_timeout=300s"  # noqa: F405
