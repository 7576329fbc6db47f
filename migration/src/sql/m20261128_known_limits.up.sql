-- Whom an officer took off an activity's list, files that perhaps nobody needs any more, and what a credit scheme may
-- ask besides.

CREATE TABLE "activity_removal" (
    "activity_id" {uuid} NOT NULL REFERENCES "activity" ("id"),
    "person_id" {uuid} NOT NULL REFERENCES "person" ("id"),
    "removed_at" {ts} NOT NULL,
    "removed_by" text NOT NULL,
    PRIMARY KEY ("activity_id", "person_id")
);

CREATE INDEX "ix_activity_removal_person" ON "activity_removal" ("person_id");

CREATE TABLE "released_file" (
    "sha256" {code} NOT NULL,
    "released_at" {ts} NOT NULL,
    PRIMARY KEY ("sha256")
);

CREATE INDEX "ix_released_file_at" ON "released_file" ("released_at");

CREATE INDEX "ix_artefact_attachment_sha256" ON "artefact_attachment" ("sha256");

ALTER TABLE "credit_scheme" ADD COLUMN "community_kinds" {json} NOT NULL DEFAULT '[]';

ALTER TABLE "credit_scheme" ADD COLUMN "least_minutes" integer;
