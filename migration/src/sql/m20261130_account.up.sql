-- What signing in needs beside the accounts.

CREATE TABLE "browser_session" (
    "hash" text NOT NULL,
    "account_id" {uuid} NOT NULL REFERENCES "account" ("id"),
    "stage" text NOT NULL,
    "csrf" text NOT NULL,
    "second_factor" boolean NOT NULL,
    "totp_sealed" text,
    "created_at" {ts} NOT NULL,
    "seen_at" {ts} NOT NULL,
    "expires_at" {ts} NOT NULL,
    "ended_at" {ts},
    PRIMARY KEY ("hash")
);

CREATE INDEX "ix_browser_session_account" ON "browser_session" ("account_id");

CREATE INDEX "ix_browser_session_expires" ON "browser_session" ("expires_at");

CREATE TABLE "account_token" (
    "hash" text NOT NULL,
    "account_id" {uuid} NOT NULL REFERENCES "account" ("id"),
    "kind" text NOT NULL,
    "expires_at" {ts} NOT NULL,
    "used_at" {ts},
    "created_at" {ts} NOT NULL,
    PRIMARY KEY ("hash")
);

CREATE INDEX "ix_account_token_account" ON "account_token" ("account_id");

CREATE INDEX "ix_account_token_expires" ON "account_token" ("expires_at");

CREATE TABLE "recovery_code" (
    "account_id" {uuid} NOT NULL REFERENCES "account" ("id"),
    "hash" text NOT NULL,
    "used_at" {ts},
    PRIMARY KEY ("account_id", "hash")
);

CREATE TABLE "sign_in_attempt" (
    "key" text NOT NULL,
    "count" bigint NOT NULL,
    "begun_at" {ts} NOT NULL,
    "until" {ts} NOT NULL,
    PRIMARY KEY ("key")
);

CREATE INDEX "ix_sign_in_attempt_begun" ON "sign_in_attempt" ("begun_at");

CREATE TABLE "outgoing_mail" (
    "id" {uuid} NOT NULL,
    "sealed" text,
    "attempts" bigint NOT NULL,
    "due_at" {ts} NOT NULL,
    "expires_at" {ts} NOT NULL,
    "sent_at" {ts},
    "created_at" {ts} NOT NULL,
    PRIMARY KEY ("id")
);

CREATE INDEX "ix_outgoing_mail_due" ON "outgoing_mail" ("sent_at", "due_at");
