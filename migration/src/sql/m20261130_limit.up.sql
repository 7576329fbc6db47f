-- How far each caller's minute is used up, and which GraphQL documents an app may send that sends no others.

CREATE TABLE "rate_window" (
    "key" text NOT NULL,
    "tat" bigint NOT NULL,
    PRIMARY KEY ("key")
);

CREATE INDEX "ix_rate_window_tat" ON "rate_window" ("tat");

CREATE TABLE "client_document" (
    "id" {uuid} NOT NULL,
    "client_id" {uuid} NOT NULL REFERENCES "oauth_client" ("id"),
    "sha256" {code} NOT NULL,
    "name" text NOT NULL,
    "document" text NOT NULL,
    "version" bigint NOT NULL,
    "created_at" {ts} NOT NULL,
    PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "ux_client_document_client_sha256" ON "client_document" ("client_id", "sha256");
