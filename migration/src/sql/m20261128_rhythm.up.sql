-- Meetings that a series took back itself, and the addresses of calendars.

CREATE TABLE "series_withdrawal" (
    "activity_id" {uuid} NOT NULL REFERENCES "activity" ("id"),
    "series_id" {uuid} NOT NULL REFERENCES "meeting_series" ("id"),
    "withdrawn_at" {ts} NOT NULL,
    PRIMARY KEY ("activity_id")
);

CREATE INDEX "ix_series_withdrawal_series" ON "series_withdrawal" ("series_id");

CREATE TABLE "calendar_feed" (
    "id" {uuid} NOT NULL,
    "person_id" {uuid} NOT NULL REFERENCES "person" ("id"),
    "community_id" {uuid} REFERENCES "community" ("id"),
    "token_hash" text NOT NULL,
    "label" text,
    "revoked_at" {ts},
    "version" bigint NOT NULL,
    "created_at" {ts} NOT NULL,
    "updated_at" {ts} NOT NULL,
    PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "ux_calendar_feed_token" ON "calendar_feed" ("token_hash");

CREATE INDEX "ix_calendar_feed_person" ON "calendar_feed" ("person_id", "id");

CREATE INDEX "ix_calendar_feed_community" ON "calendar_feed" ("community_id");
