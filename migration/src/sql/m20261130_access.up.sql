-- Who signs in, which roles they hold, which apps there are and what those may do for whom.

CREATE TABLE "account" (
    "id" {uuid} NOT NULL,
    "person_id" {uuid} REFERENCES "person" ("id"),
    "login" text NOT NULL,
    "name" text NOT NULL,
    "email" text,
    "language" text NOT NULL,
    "status" text NOT NULL,
    "status_reason" text,
    "password_hash" text,
    "password_changed_at" {ts},
    "totp_sealed" text,
    "totp_confirmed_at" {ts},
    "totp_last_step" bigint,
    "signed_in_at" {ts},
    "version" bigint NOT NULL,
    "created_at" {ts} NOT NULL,
    "updated_at" {ts} NOT NULL,
    PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "ux_account_login" ON "account" ("login");

CREATE UNIQUE INDEX "ux_account_person" ON "account" ("person_id");

CREATE TABLE "oauth_client" (
    "id" {uuid} NOT NULL,
    "name" text NOT NULL,
    "kind" text NOT NULL,
    "status" text NOT NULL,
    "status_reason" text,
    "redirect_uris" {json} NOT NULL,
    "grant_types" {json} NOT NULL,
    "scopes" {json} NOT NULL,
    "auth_method" text NOT NULL,
    "jwks" {json},
    "contact" text NOT NULL,
    "homepage" text,
    "policy_uri" text,
    "dpop_required" boolean NOT NULL,
    "persisted_only" boolean NOT NULL,
    "registered_by" text NOT NULL,
    "decided_by" text,
    "decided_at" {ts},
    "version" bigint NOT NULL,
    "created_at" {ts} NOT NULL,
    "updated_at" {ts} NOT NULL,
    PRIMARY KEY ("id")
);

CREATE INDEX "ix_oauth_client_status" ON "oauth_client" ("status", "id");

CREATE TABLE "oauth_client_secret" (
    "id" {uuid} NOT NULL,
    "client_id" {uuid} NOT NULL REFERENCES "oauth_client" ("id"),
    "hash" text NOT NULL,
    "expires_at" {ts} NOT NULL,
    "withdrawn_at" {ts},
    "created_at" {ts} NOT NULL,
    PRIMARY KEY ("id")
);

CREATE INDEX "ix_oauth_client_secret_client" ON "oauth_client_secret" ("client_id");

CREATE TABLE "role_grant" (
    "id" {uuid} NOT NULL,
    "account_id" {uuid} REFERENCES "account" ("id"),
    "client_id" {uuid} REFERENCES "oauth_client" ("id"),
    "role" text NOT NULL,
    "region_code" {code} REFERENCES "region" ("code"),
    "organisation_id" {uuid} REFERENCES "organisation" ("id"),
    "school_id" {uuid} REFERENCES "school" ("id"),
    "person_id" {uuid} REFERENCES "person" ("id"),
    "reason" text NOT NULL,
    "given_by" text NOT NULL,
    "given_at" {ts} NOT NULL,
    "expires_at" {ts},
    "withdrawn_at" {ts},
    "withdrawn_by" text,
    "withdrawn_reason" text,
    "version" bigint NOT NULL,
    "created_at" {ts} NOT NULL,
    "updated_at" {ts} NOT NULL,
    PRIMARY KEY ("id")
);

CREATE INDEX "ix_role_grant_account" ON "role_grant" ("account_id");

CREATE INDEX "ix_role_grant_client" ON "role_grant" ("client_id");

CREATE TABLE "app_authorization" (
    "id" {uuid} NOT NULL,
    "account_id" {uuid} NOT NULL REFERENCES "account" ("id"),
    "client_id" {uuid} NOT NULL REFERENCES "oauth_client" ("id"),
    "scopes" {json} NOT NULL,
    "text_version" integer NOT NULL,
    "given_at" {ts} NOT NULL,
    "withdrawn_at" {ts},
    "used_at" {ts},
    "version" bigint NOT NULL,
    "created_at" {ts} NOT NULL,
    "updated_at" {ts} NOT NULL,
    PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "ux_app_authorization_account_client" ON "app_authorization" ("account_id", "client_id");

CREATE INDEX "ix_app_authorization_client" ON "app_authorization" ("client_id");

CREATE TABLE "authorization_code" (
    "hash" text NOT NULL,
    "client_id" {uuid} NOT NULL REFERENCES "oauth_client" ("id"),
    "authorization_id" {uuid} NOT NULL REFERENCES "app_authorization" ("id"),
    "redirect_uri" text NOT NULL,
    "scopes" {json} NOT NULL,
    "code_challenge" text NOT NULL,
    "dpop_jkt" text,
    "second_factor" boolean NOT NULL,
    "family_id" {uuid},
    "used_at" {ts},
    "expires_at" {ts} NOT NULL,
    "created_at" {ts} NOT NULL,
    PRIMARY KEY ("hash")
);

CREATE INDEX "ix_authorization_code_expires" ON "authorization_code" ("expires_at");

CREATE TABLE "token_family" (
    "id" {uuid} NOT NULL,
    "client_id" {uuid} NOT NULL REFERENCES "oauth_client" ("id"),
    "authorization_id" {uuid} NOT NULL REFERENCES "app_authorization" ("id"),
    "scopes" {json} NOT NULL,
    "generation" bigint NOT NULL,
    "confirmed" bigint NOT NULL,
    "dpop_jkt" text,
    "second_factor" boolean NOT NULL,
    "refreshed_at" {ts} NOT NULL,
    "expires_at" {ts} NOT NULL,
    "revoked_at" {ts},
    "revoked_reason" text,
    "created_at" {ts} NOT NULL,
    PRIMARY KEY ("id")
);

CREATE INDEX "ix_token_family_authorization" ON "token_family" ("authorization_id");

CREATE INDEX "ix_token_family_expires" ON "token_family" ("expires_at");

CREATE TABLE "revoked_token" (
    "jti" {uuid} NOT NULL,
    "expires_at" {ts} NOT NULL,
    PRIMARY KEY ("jti")
);

CREATE INDEX "ix_revoked_token_expires" ON "revoked_token" ("expires_at");

CREATE TABLE "used_proof" (
    "issuer" text NOT NULL,
    "jti" text NOT NULL,
    "expires_at" {ts} NOT NULL,
    PRIMARY KEY ("issuer", "jti")
);

CREATE INDEX "ix_used_proof_expires" ON "used_proof" ("expires_at");
