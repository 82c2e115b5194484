"""The site as a WSGI application; refuses to serve on a privileged database role."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
application = get_wsgi_application()

from safety.db import refuse_privileged_roles  # noqa: E402  # settings must be loaded first

refuse_privileged_roles()
