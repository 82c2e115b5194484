"""How gunicorn serves Relais: threads over a small pool, no access log, both loopback addresses."""

import os
import socket

from config.settings.environment import read, read_number


def _has_ipv6() -> bool:
    try:
        with socket.socket(socket.AF_INET6, socket.SOCK_STREAM) as probe:
            probe.bind(("::1", 0))
    except OSError:
        return False
    return True


_port = read_number("PORT", 8000)
bind = read("BIND").split(",") if read("BIND") else [f"127.0.0.1:{_port}"]
if not read("BIND") and _has_ipv6():
    bind.append(f"[::1]:{_port}")

wsgi_app = "config.wsgi:application"
worker_class = "gthread"
workers = read_number("WORKERS", min(2, os.cpu_count() or 1))
threads = read_number("THREADS", 4)
# One import, one refusal of a privileged role; connections open after the fork.
preload_app = True
timeout = 30
graceful_timeout = 5
keepalive = 5
# An address in a log could tell who looked for what, and from where: none is written. Who asks for an access log all
# the same (GUNICORN_CMD_ARGS) gets moments, statuses and durations, whatever the format: safety.quiet_log.
accesslog = None
errorlog = "-"
loglevel = "warning"
logger_class = "safety.quiet_log.QuietLogger"
limit_request_line = 4094
control_socket_disable = True  # nobody steers a running site from outside
