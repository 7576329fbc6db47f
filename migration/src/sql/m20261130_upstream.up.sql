-- Who a provider's account is here, and the sign-ins that are under way at a provider.

CREATE TABLE "account_identity" (
    "id" {uuid} NOT NULL,
    "account_id" {uuid} NOT NULL REFERENCES "account" ("id"),
    "provider" text NOT NULL,
    "issuer" text NOT NULL,
    "subject" text NOT NULL,
    "linked_at" {ts} NOT NULL,
    "used_at" {ts} NOT NULL,
    PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "ux_account_identity_subject" ON "account_identity" ("provider", "issuer", "subject");

CREATE UNIQUE INDEX "ux_account_identity_account_provider" ON "account_identity" ("account_id", "provider");

-- By the address that a provider verified an account is found.
CREATE INDEX "ix_account_email" ON "account" ("email");

CREATE TABLE "upstream_sign_in" (
    "state_hash" text NOT NULL,
    "browser_hash" text NOT NULL,
    "provider" text NOT NULL,
    "next" text NOT NULL,
    "expires_at" {ts} NOT NULL,
    "created_at" {ts} NOT NULL,
    PRIMARY KEY ("state_hash")
);

CREATE INDEX "ix_upstream_sign_in_expires" ON "upstream_sign_in" ("expires_at");
