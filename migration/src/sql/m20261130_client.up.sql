-- How often apps and systems ask for tokens and call, day by day.

CREATE TABLE "client_use" (
    "client_id" {uuid} NOT NULL REFERENCES "oauth_client" ("id"),
    "day" {date} NOT NULL,
    "kind" text NOT NULL,
    "count" bigint NOT NULL,
    PRIMARY KEY ("client_id", "day", "kind")
);
