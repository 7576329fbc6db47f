//! What may be set, with what is allowed and what it is for.

/// Each setting with what is allowed and what it is for: the one place where they are documented.
pub const SETTINGS: &[(&str, &str, &str)] = &[
    (
        "database_url",
        "postgres://… or sqlite://path; also DATABASE_URL",
        "the database; without it an embedded one in data_dir",
    ),
    ("data_dir", "a folder", "the embedded database, keys and uploads; keep it, back it up, mode 0700"),
    ("listen", "address:port", "where to listen"),
    (
        "public_url",
        "http(s)://host[:port] without a slash at the end",
        "how the outside reaches the service: in links, and as issuer and audience of tokens",
    ),
    (
        "number_scheme",
        "text with {seq} or {seq:06}, {provider}, {program}, {year}, {month}, {month_roman}",
        "how certificate numbers look",
    ),
    (
        "issuer_timezone",
        "an IANA time zone, such as Asia/Jakarta, Asia/Makassar or Asia/Jayapura",
        "where the issuer's days begin and end: for dates of issue, numbers and expiry",
    ),
    (
        "burden_cap_hours",
        "1 to 1000",
        "hours a serving teacher may teach as a resource person per school term before a warning; twice it is refused",
    ),
    ("readers", "1 to 200", "database connections for reads"),
    ("writers", "1 to 200", "writes at once; an embedded database always has one"),
    ("workers", "1 to 256", "HTTP workers; one per core unless said"),
    ("migrate", "true or false", "whether serve brings the schema up to date first"),
    ("shutdown_seconds", "0 to 600", "how long in-flight requests get at shutdown"),
    ("log_format", "text or json", "how log lines look"),
    ("log", "a level or filter: info, debug, sanggar=debug", "what is logged"),
    (
        "token_pem",
        "PKCS#8 PEM, P-256",
        "key of access tokens; else a file in data_dir/keys, made on first run",
    ),
    ("token_older_pem", "PEMs one after the other", "older token keys that still verify"),
    (
        "certificate_pem",
        "PKCS#8 PEM, P-256",
        "key of certificates; else a file in data_dir/keys, made on first run",
    ),
    ("certificate_older_pem", "PEMs one after the other", "older certificate keys that still verify"),
    ("cursor_secret", "base64url of 32 bytes", "seals page cursors"),
    ("nik_encryption_secret", "base64url of 32 bytes", "seals identity numbers"),
    ("nik_index_secret", "base64url of 32 bytes", "blind index of identity numbers"),
    (
        "attachments_url",
        "s3://bucket/prefix (built with the feature s3; keys and endpoint in AWS_…)",
        "where files beside artefacts are kept; in data_dir/attachments unless said",
    ),
    (
        "smtp_url",
        "smtp(s)://user:password@host:port",
        "the server through which invitations and resets leave, over TLS; without it each mail is a file in data_dir/mail",
    ),
    ("mail_from", "Name <address>, or an address", "whom mail comes from"),
    ("audit_secret", "base64url of 32 bytes", "seals the audit trail; never change it"),
    (
        "provider",
        "tables [[provider]] in the settings file, or SANGGAR_PROVIDER_<NAME>_ISSUER, _CLIENT_ID, _CLIENT_SECRET, _LABEL, \
         _MATCH, _DOMAINS, _ALGORITHMS, _SCOPES, _LANGUAGE",
        "upstream OpenID providers through which people sign in",
    ),
    (
        "trusted_proxies",
        "addresses and networks with commas between: 10.0.0.5, 192.168.0.0/16, fd00::/8",
        "proxies in front whose X-Forwarded-For or Forwarded is believed; none unless said",
    ),
    ("requests_per_minute", "1 to 60000000", "requests a minute of one caller with a token"),
    ("requests_per_minute_address", "1 to 60000000", "requests a minute of one address without a token"),
    ("requests_per_minute_client", "1 to 60000000", "requests a minute of one system that acts for itself"),
    ("requests_per_minute_app", "1 to 60000000", "requests a minute of one app, for all people together"),
    ("graphql_cost_per_minute", "20000 to 60000000", "cost of GraphQL a minute of one caller with a token"),
    ("graphql_cost_per_minute_address", "20000 to 60000000", "the same, of one address without a token"),
    ("graphql_cost_per_minute_client", "20000 to 60000000", "the same, of one system that acts for itself"),
    ("requests_at_once", "1 to 1000000", "requests of one caller that run at the same time"),
    (
        "limits_shared",
        "none or database",
        "whether several nodes count requests together; each counts alone unless said",
    ),
    ("connections", "100 to 1000000", "connections that one process keeps open"),
];
