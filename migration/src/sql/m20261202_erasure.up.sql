-- That somebody asks to be erased, and what came of it. Once they were, a row says who by their id, and when.

CREATE TABLE "erasure" (
    "id" {uuid} NOT NULL,
    "person_id" {uuid} NOT NULL REFERENCES "person" ("id"),
    "status" text NOT NULL,
    "reason" text,
    "requested_by" text NOT NULL,
    "requested_at" {ts} NOT NULL,
    "due_at" {ts} NOT NULL,
    "decided_by" text,
    "decided_at" {ts},
    "decision_reason" text,
    "version" bigint NOT NULL,
    "created_at" {ts} NOT NULL,
    "updated_at" {ts} NOT NULL,
    PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "ux_erasure_open" ON "erasure" ("person_id") WHERE "status" = 'requested';

CREATE INDEX "ix_erasure_person" ON "erasure" ("person_id", "id");

CREATE INDEX "ix_erasure_status" ON "erasure" ("status", "id");
