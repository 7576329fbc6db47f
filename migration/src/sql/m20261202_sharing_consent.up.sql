-- Consent to optional sharing, each with the edition of the words that were agreed to; and who had the use of a person's
-- record restricted.

CREATE TABLE "sharing_consent" (
    "id" {uuid} NOT NULL,
    "person_id" {uuid} NOT NULL REFERENCES "person" ("id"),
    "purpose" text NOT NULL,
    "edition" integer NOT NULL,
    "language" text NOT NULL,
    "text_hash" text NOT NULL,
    "given_at" {ts} NOT NULL,
    "ended_at" {ts},
    "ending" text,
    "version" bigint NOT NULL,
    "created_at" {ts} NOT NULL,
    "updated_at" {ts} NOT NULL,
    PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "ux_sharing_consent_live" ON "sharing_consent" ("person_id", "purpose") WHERE "ended_at" IS NULL;

CREATE INDEX "ix_sharing_consent_person" ON "sharing_consent" ("person_id", "id");

ALTER TABLE "person" ADD COLUMN "restricted_by" text;
