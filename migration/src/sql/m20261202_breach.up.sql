-- Breaches of personal data, and what was done about each within its 72 hours. No person is named in it.

CREATE TABLE "breach" (
    "id" {uuid} NOT NULL,
    "title" text NOT NULL,
    "what_happened" text NOT NULL,
    "discovered_at" {ts} NOT NULL,
    "occurred_from" {ts},
    "occurred_until" {ts},
    "data_classes" {json} NOT NULL,
    "cause" text NOT NULL,
    "persons_estimated" integer NOT NULL,
    "region_codes" {json} NOT NULL,
    "consequences" text,
    "measures" text,
    "contact" text,
    "contained_at" {ts},
    "authority_notified_at" {ts},
    "authority_channel" text,
    "authority_reference" text,
    "authority_not_needed" text,
    "persons_notified_at" {ts},
    "persons_channel" text,
    "persons_notified" integer,
    "persons_not_needed" text,
    "lessons" text,
    "status" text NOT NULL,
    "status_reason" text,
    "status_since" {ts} NOT NULL,
    "closed" integer NOT NULL,
    "due_soon_at" {ts},
    "version" bigint NOT NULL,
    "created_at" {ts} NOT NULL,
    "updated_at" {ts} NOT NULL,
    PRIMARY KEY ("id")
);

CREATE INDEX "ix_breach_closed_discovered" ON "breach" ("closed", "discovered_at", "id");
