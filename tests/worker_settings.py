"""Settings of a worker that a test may kill: its letters go to a given server, its anchors to a given file."""

import os
from pathlib import Path

from config.settings.local import *  # noqa: F403  # what Django's settings do

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST, EMAIL_PORT = "127.0.0.1", int(os.environ["TEST_MAIL_PORT"])
AUDIT_ANCHOR_FILE = Path(os.environ["TEST_ANCHOR_FILE"])
