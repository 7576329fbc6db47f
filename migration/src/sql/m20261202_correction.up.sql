-- What persons ask to have corrected in their records, until when it must be answered, and what came of it.

CREATE TABLE "correction" (
    "id" {uuid} NOT NULL,
    "person_id" {uuid} NOT NULL REFERENCES "person" ("id"),
    "status" text NOT NULL,
    "fields" {json} NOT NULL,
    "changes_sealed" text,
    "words" text,
    "reason" text,
    "due_at" {ts} NOT NULL,
    "decision_reason" text,
    "decided_by" text,
    "decided_at" {ts},
    "version" bigint NOT NULL,
    "created_at" {ts} NOT NULL,
    "updated_at" {ts} NOT NULL,
    PRIMARY KEY ("id")
);

CREATE INDEX "ix_correction_due" ON "correction" ("due_at", "id");

CREATE INDEX "ix_correction_status" ON "correction" ("status", "due_at", "id");

CREATE INDEX "ix_correction_person" ON "correction" ("person_id", "status");
