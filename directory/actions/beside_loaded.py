"""What the processes of `directory.actions.beside` share: importing this loads the site. It opens no connection."""

import importlib

import django

django.setup()
for name in ("project_in_parts", "load_bench"):
    importlib.import_module(f"directory.actions.{name}")
