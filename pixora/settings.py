"""Everything that can be set, read from environment variables alone; `.env.example` lists them with their defaults.

Nothing is created or started here. Wrong values become system checks (`pixora.checks`), not stack traces.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
from corsheaders.defaults import default_headers

from pipeline.providers.vendors import CAPABILITIES, VENDORS, Limit, Vendor, who_can
from pixora import embedded
from pixora.back_office import theme
from pixora.embedded import model_switch, paths
from pixora.foundation.environment import Environment, is_public_key
from pixora.secret_key import GeneratedKey

env = Environment(os.environ)

BASE_DIR = Path(__file__).resolve().parent.parent
PIXORA_HOME = embedded.home()
OUTSIDE = ("DATABASE_URL", "REDIS_URL", "SECRET_KEY")
"""What several containers have to share, and so cannot each make for itself."""
PIXORA_EMBEDDED = env.flag("PIXORA_EMBEDDED", True)
if not PIXORA_EMBEDDED:
    env.demand(OUTSIDE)

# Web

DEBUG = env.flag("DEBUG")
SECRET_KEY = env.secret("SECRET_KEY") or GeneratedKey(PIXORA_HOME / "secret_key")
PUBLIC_URL = env.url("PUBLIC_URL", "http://localhost:8000", hint="Give the address users open, https://… for instance.")
ALLOWED_HOSTS = env.items("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
ALLOWED_HOSTS += [host for host in [urlsplit(PUBLIC_URL).hostname] if host and host not in ALLOWED_HOSTS]
CSRF_TRUSTED_ORIGINS = [*env.items("CSRF_TRUSTED_ORIGINS"), PUBLIC_URL]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PUBLIC_URL.startswith("https://")
SECURE_HSTS_SECONDS = 31_536_000 if PUBLIC_URL.startswith("https://") else 0
PIXORA_PROXIES = env.integer("PIXORA_PROXIES", 0)
PIXORA_SENDFILE = env.text("PIXORA_SENDFILE")
"""The proxy's address of MEDIA_ROOT, such as `/sent/`: the proxy sends the files then."""
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PIXORA_PROXIES else None
LOGIN_URL = "login"

CORS_ALLOWED_ORIGINS = env.items("CORS_ALLOWED_ORIGINS")
CORS_URLS_REGEX = r"^/(api|media)/"
CORS_ALLOW_HEADERS = [*default_headers, "idempotency-key", "if-match", "if-none-match", "range"]
CORS_EXPOSE_HEADERS = ["ETag", "Retry-After", "X-Request-ID", "Content-Range", "Accept-Ranges", "Content-Disposition"]

ROOT_URLCONF = "pixora.urls"
ASGI_APPLICATION = "pixora.asgi.application"
AUTH_USER_MODEL = "accounts.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "UTC"
STATIC_URL = "static/"
STATICFILES_DIRS = [("vendor", paths.FILES / "datasette_preact" / "static")]
WHITENOISE_USE_FINDERS = True
"""Static files are served out of the packages they come with; nothing has to be collected."""
PIXORA_BUNDLED = not DEBUG
"""The studio is given to browsers as one file; while developing, module by module."""
UNFOLD = theme.UNFOLD

INSTALLED_APPS = [
    "pixora",  # first: of two commands with one name (qcluster) the earlier app's is run
    "unfold",  # before the admin, whose templates and site it replaces
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_q",
    "channels",
    "corsheaders",
    "ninja",
    "pixora.accounts",
    "media_assets",
    "pipeline",
    "chat",
]

MIDDLEWARE = [
    "pixora.middleware.RequestLog",
    "pixora.middleware.HealthChecks",
    "pixora.middleware.StreamsWithoutDatabase",
    "django.middleware.security.SecurityMiddleware",
    "pixora.static_files.StaticFiles",
    "corsheaders.middleware.CorsMiddleware",
    "pixora.middleware.RequestSize",
    "pixora.middleware.ContentPolicy",
    "pixora.middleware.Private",
    "pixora.middleware.ApiErrors",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "pixora.accounts.middleware.SignedInUser",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

# Accounts: Supabase's where its URL is set, our own otherwise

SUPABASE_URL = env.url("SUPABASE_URL", "", hint="Write https://<project>.supabase.co.")
SUPABASE_ANON_KEY = env.secret("SUPABASE_ANON_KEY")
SUPABASE_JWT_SECRET = env.secret("SUPABASE_JWT_SECRET")
PIXORA_PROVIDER_AUTH = env.choice("PIXORA_PROVIDER_AUTH", "auto", ("auto", "local", "supabase"))
if PIXORA_PROVIDER_AUTH == "supabase" and not SUPABASE_URL:
    env.reject("E007", "PIXORA_PROVIDER_AUTH", "is supabase, but SUPABASE_URL is unset.", "Set both, or neither.")
PIXORA_SUPABASE_ACCOUNTS = bool(SUPABASE_URL) and PIXORA_PROVIDER_AUTH != "local"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
PIXORA_CONTACT = env.contact("PIXORA_CONTACT")

# Mail: sent where a server is named

_mail_server = env.mail_server("EMAIL_URL")
PIXORA_MAIL = _mail_server is not None
if _mail_server:
    EMAIL_HOST, EMAIL_PORT = _mail_server.host, _mail_server.port
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail_server.user, _mail_server.password
    EMAIL_USE_TLS, EMAIL_USE_SSL = _mail_server.tls, _mail_server.ssl
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.sender("DEFAULT_FROM_EMAIL", f"Pixora <pixora@{urlsplit(PUBLIC_URL).hostname or 'localhost'}>")

# PostgreSQL and Redis: outside ones by URL, embedded ones otherwise

TRANSACTION_POOLER_PORT = 6543
"""Supabase's: each transaction may be in another session."""
PIXORA_DATABASE_POOL = env.integer("PIXORA_DATABASE_POOL", 0, at_least=0)
"""Connections that all threads of a process share; 0: each thread has its own. `pixora.web_server` says how many by
itself: there each request has a thread of its own, and opening a connection takes longer than answering most."""
POOL_WAIT_S = 5


def _database() -> dict[str, Any]:
    embedded_url = embedded.database_url()
    try:
        config = dj_database_url.parse(env.secret("DATABASE_URL") or embedded_url)
        if config["ENGINE"] != "django.db.backends.postgresql" or not config["NAME"]:
            raise ValueError
    except ValueError:
        hint = "Write postgresql://user:password@host:5432/name, or unset it to use the embedded PostgreSQL."
        env.reject("E001", "DATABASE_URL", "is no PostgreSQL URL.", hint)
        config = dj_database_url.parse(embedded_url)
    a_session_lasts = config["PORT"] != TRANSACTION_POOLER_PORT
    pool = {"min_size": 1, "max_size": PIXORA_DATABASE_POOL, "timeout": POOL_WAIT_S} if PIXORA_DATABASE_POOL else None
    return {
        **config,
        "CONN_MAX_AGE": 60 if a_session_lasts and not pool else 0,
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": not a_session_lasts,
        "OPTIONS": {**config.get("OPTIONS", {}), "connect_timeout": 5, "pool": pool},
    }


def _redis_url() -> str:
    url = env.secret("REDIS_URL")
    if url and not _is_redis_url(url):
        hint = "Write redis://host:6379/0, or unset it to use the embedded Redis."
        env.reject("E002", "REDIS_URL", "is no Redis URL.", hint)
        url = ""
    return url or embedded.redis_url()


def _is_redis_url(url: str) -> bool:
    try:
        parts = urlsplit(url)
        where = parts.path if parts.scheme == "unix" else parts.hostname and parts.port != 0
    except ValueError:
        return False
    return bool(where) and parts.scheme in ("redis", "rediss", "unix")


DATABASES = {"default": _database()}
REDIS_URL = _redis_url()
PIXORA_SERVICES_POLL_S = env.seconds("PIXORA_SERVICES_POLL_S", 2, at_least=0.01)
"""Used by the embedded servers' supervisor, which reads no settings; checked here."""
CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}
LISTEN_S = 15
"""Longer than the 5 s that a listener of the channel layer asks Redis to wait."""
CHANNEL_LAYERS = {
    "default": {
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        "CONFIG": {"hosts": [{"address": REDIS_URL, "socket_timeout": LISTEN_S}]},
    }
}

PIXORA_SOCKETS_PER_USER = env.integer("PIXORA_SOCKETS_PER_USER", 50, at_least=1)

# Files: in Supabase's bucket where its service key is set, otherwise the local root is the bucket

MEDIA_ROOT = PIXORA_HOME / "media" / "pixora"
MEDIA_URL = "media/"
SUPABASE_SERVICE_KEY = env.secret("SUPABASE_SERVICE_KEY")
SUPABASE_BUCKET = env.bucket("SUPABASE_BUCKET", "pixora")
PIXORA_PROVIDER_STORAGE = env.choice("PIXORA_PROVIDER_STORAGE", "auto", ("auto", "local", "supabase"))


def _storage() -> dict[str, Any]:
    whole = bool(SUPABASE_URL and SUPABASE_SERVICE_KEY)
    if PIXORA_PROVIDER_STORAGE == "supabase" and not whole:
        hint = "Set SUPABASE_URL and SUPABASE_SERVICE_KEY, or choose auto or local."
        env.reject("E008", "PIXORA_PROVIDER_STORAGE", "is supabase, but the project or its key is unset.", hint)
    if not whole or PIXORA_PROVIDER_STORAGE == "local":
        return {"BACKEND": "media_assets.storage.LocalStorage"}
    if is_public_key(SUPABASE_SERVICE_KEY):
        hint = "Copy the secret (service role) key from the project's API settings; the anon key goes elsewhere."
        env.reject("E011", "SUPABASE_SERVICE_KEY", "is a public key, which may not store anything.", hint)
    options = {"url": SUPABASE_URL, "key": SUPABASE_SERVICE_KEY, "bucket": SUPABASE_BUCKET}
    return {"BACKEND": "media_assets.supabase.storage.SupabaseStorage", "OPTIONS": options}


STORAGES = {
    "default": _storage(),
    "staticfiles": {"BACKEND": "pixora.static_files.HashedNames"},
}
PIXORA_CACHE_DIR = PIXORA_HOME / "cache"
"""Copies of what is stored elsewhere, used where the storage is no folder of this machine."""
PIXORA_CACHE_MB = env.integer("PIXORA_CACHE_MB", 4096, at_least=1)

UPLOADS = {"picture": 25, "clip": 200, "sound": 50, "text": 10}
PIXORA_UPLOAD_MB = {
    kind: env.integer(f"PIXORA_UPLOAD_{kind.upper()}_MB", most, at_least=1) for kind, most in UPLOADS.items()
}
PIXORA_SOURCE_ADDRESSES = env.flag("PIXORA_SOURCE_ADDRESSES")
"""Whether the words of a film may be read from a page on the web that a user names."""
PIXORA_MAX_REQUEST_BYTES = (max(PIXORA_UPLOAD_MB.values()) + 1) << 20
"""Of a whole request; what is not an upload may have far less (DATA_UPLOAD_MAX_MEMORY_SIZE)."""
DATA_UPLOAD_MAX_NUMBER_FILES = 1
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]
# How long what is over is kept

PIXORA_KEEP_DELETED_DAYS = env.integer("PIXORA_KEEP_DELETED_DAYS", 7)

# Making films

CORES = len(os.sched_getaffinity(0))
PIXORA_NEW_USER_CREDITS = env.integer("PIXORA_NEW_USER_CREDITS", 1000)
PIXORA_SUPPORT_REFUND_LIMIT = env.integer("PIXORA_SUPPORT_REFUND_LIMIT", 200)
PIXORA_SUPPORT_REFUND_DAILY_LIMIT = env.integer("PIXORA_SUPPORT_REFUND_DAILY_LIMIT", 1000)
PIXORA_SHIFT_S = env.seconds("PIXORA_SHIFT_S", 240, at_least=1)
PIXORA_LEASE_S = env.seconds("PIXORA_LEASE_S", 30, at_least=1)
PIXORA_LOCAL_JOBS = env.integer("PIXORA_LOCAL_JOBS", CORES, at_least=1)
PIXORA_RUNS_PER_WORKER = env.integer("PIXORA_RUNS_PER_WORKER", 20, at_least=1)
# Vendors: each is used where it has a key (an own server: an address), for what it can do, unless another is pinned

PIXORA_PROVIDERS = {
    name: env.choice(f"PIXORA_PROVIDER_{name.upper()}", "auto", ("auto", "local", *who_can(name)))
    for name in CAPABILITIES
}
SERVERS = [server for vendor in VENDORS for server in vendor.servers]
PIXORA_KEYS = {server.name: env.secret(server.key) for server in SERVERS}
PIXORA_BASE_URLS = {server.name: env.url(server.address, "", hint=server.address_hint) for server in SERVERS}
"""Both by the server's name. Most vendors have one, which has the vendor's."""
_own_model = model_switch.read()
"""Pixora's own language model, where `make llm` has switched it on; PIXORA_LLM_URL leads elsewhere."""
if _own_model:
    PIXORA_KEYS["llm"], PIXORA_BASE_URLS["llm"] = _own_model.key, _own_model.url
PIXORA_LLM_SMALL = env.flag("PIXORA_LLM_SMALL", _own_model is not None)
"""The own language model is small: it is asked for one little thing at a time, and Pixora's rules do the rest."""
PIXORA_LLM_CONTEXT = env.integer("PIXORA_LLM_CONTEXT", 0)
"""Tokens that the own language model takes, prompt and answer together; 0: its server is asked."""
PIXORA_SPEECH_VOICES = env.pairs("PIXORA_SPEECH_VOICES", hint="Write Rachel=af_heart,*=alloy.")
"""By Pixora's voices, those of the own server; `*` is any other."""
PIXORA_WEBHOOKS = env.flag("PIXORA_WEBHOOKS", PUBLIC_URL.startswith("https://"))
PIXORA_PRIVATE_ADDRESSES = env.flag("PIXORA_PRIVATE_ADDRESSES", False)
"""Webhooks may lead into this network: for development and tests alone."""
PIXORA_WEBHOOK_WAIT_S = env.seconds("PIXORA_WEBHOOK_WAIT_S", 60)
FAL_KEY_HOSTS = ("rest.fal.ai", "rest.alpha.fal.ai")
_jwks_url = env.url("FAL_WEBHOOK_JWKS_URL", "", hint="Unset it to use fal's own.")
FAL_JWKS_URLS = [_jwks_url] if _jwks_url else [f"https://{host}/.well-known/jwks.json" for host in FAL_KEY_HOSTS]
"""Where fal publishes the keys of its webhooks. It has named both addresses; the keys of both count."""
FAL_USER_ID = env.text("FAL_USER_ID")


def _limits(of: Callable[[Vendor], Limit | None]) -> dict[str, int]:
    limits = {vendor.name: of(vendor) for vendor in VENDORS}
    return {
        name: env.integer(limit.variable, limit.default, at_least=limit.at_least) if limit else 0
        for name, limit in limits.items()
    }


PIXORA_AT_ONCE = _limits(lambda vendor: vendor.at_once)
PIXORA_IN_LINE = _limits(lambda vendor: vendor.in_line)
PIXORA_PER_MINUTE = _limits(lambda vendor: vendor.per_minute)
PIXORA_TASK_SPEND_CAP_USD = env.integer("PIXORA_TASK_SPEND_CAP_USD", 50)
PIXORA_DAY_SPEND_CAP_USD = env.integer("PIXORA_DAY_SPEND_CAP_USD", 250)
"""What vendors may be paid for one film and within 24 hours; 0: nothing is paid for."""
PIXORA_MODELS = {
    vendor.name: {role: env.text(variable) for role, variable in vendor.models.items()} for vendor in VENDORS
}
"""Names in pipeline/providers/models.toml (of an own server: what that server calls its model); empty: the default."""

# Content Credentials: signed with the operator's key, else with one of this home's own

PIXORA_SIGNING_CERTIFICATE = env.text("PIXORA_SIGNING_CERTIFICATE")
"""The path of a file in PEM: the signer's certificate, then those that vouch for it."""
PIXORA_SIGNING_KEY = env.secret("PIXORA_SIGNING_KEY")

LONGEST_LOCAL_STEP_S = 600
JOB_TIMEOUT_S = int(PIXORA_SHIFT_S) + LONGEST_LOCAL_STEP_S + 60
Q_CLUSTER = {
    "name": "pixora",
    "orm": "default",
    "workers": 2,
    "queue_limit": 1,
    "bulk": 1,
    "timeout": JOB_TIMEOUT_S,
    "retry": 2 * JOB_TIMEOUT_S + 60,
    "ack_failures": True,
    "max_attempts": 3,
    "catch_up": False,
    "save_limit": 100,
    "poll": 0.5,
    "recycle": 100,
}

# Logs

LOG_LEVEL = env.choice("PIXORA_LOG_LEVEL", "WARNING", ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"))
LOG_FORMAT = env.choice("PIXORA_LOG_FORMAT", "json", ("json", "text"))
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {"()": "pixora.foundation.logs.JsonLines", "secrets": env.secrets},
        "text": {"()": "pixora.foundation.logs.TextLines", "secrets": env.secrets},
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT}},
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
    "loggers": {
        name: {"handlers": ["stderr"], "level": LOG_LEVEL, "propagate": False}
        for name in ("django", "django.server", "django-q")
    }
    | {"pixora.requests": {"level": "INFO" if env.flag("PIXORA_REQUEST_LOG") else LOG_LEVEL}}
    | {"pixora.access": {"level": "INFO"}}  # written only where the web server is told to, by `-v 1`
    | {"django.request": {"level": "ERROR"}, "django.security.DisallowedHost": {"level": "CRITICAL"}}
    # Refusing is no trouble of ours: whoever sends nonsense would fill the log. Each request has a line of its own.
    | {"channels_redis.pubsub": {"level": "CRITICAL"}}  # a traceback each second while Redis is away; the hub copes
    | {"fal_client": {"level": "CRITICAL"}}
    | {name: {"level": "WARNING"} for name in ("openai", "httpx", "httpx2", "httpcore", "httpcore2", "mcp")},
    # What these would say holds vendors' words and signed addresses; the adapters say what is to be known.
}

PIXORA_PROBLEMS = env.problems
