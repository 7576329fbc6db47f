-- Notes of progress, and the yearly recognition of communities by published criteria.

CREATE TABLE "recognition_scheme" (
    "id" {uuid} NOT NULL,
    "edition" integer NOT NULL,
    "from_year" integer NOT NULL,
    "description" text NOT NULL,
    "criteria" {json} NOT NULL,
    "needed" integer NOT NULL,
    "status" text NOT NULL,
    "retired_year" integer,
    "version" bigint NOT NULL,
    "created_at" {ts} NOT NULL,
    "updated_at" {ts} NOT NULL,
    PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "ux_recognition_scheme_edition" ON "recognition_scheme" ("edition");

CREATE TABLE "progress_note" (
    "id" {uuid} NOT NULL,
    "community_id" {uuid} NOT NULL REFERENCES "community" ("id"),
    "month" {date} NOT NULL,
    "record" text NOT NULL,
    "sha256" text NOT NULL,
    "created_at" {ts} NOT NULL,
    PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "ux_progress_note_community_month" ON "progress_note" ("community_id", "month");

CREATE TABLE "award_round" (
    "id" {uuid} NOT NULL,
    "region_code" {code} NOT NULL REFERENCES "region" ("code"),
    "year" integer NOT NULL,
    "scheme_id" {uuid} NOT NULL REFERENCES "recognition_scheme" ("id"),
    "status" text NOT NULL,
    "status_reason" text,
    "communities" integer NOT NULL,
    "awarded" integer NOT NULL,
    "announcement" integer NOT NULL,
    "announced_by" text,
    "announced_at" {ts},
    "contest_until" {ts},
    "finalised_at" {ts},
    "version" bigint NOT NULL,
    "created_at" {ts} NOT NULL,
    "updated_at" {ts} NOT NULL,
    PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "ux_award_round_region_year" ON "award_round" ("region_code", "year");

CREATE INDEX "ix_award_round_year" ON "award_round" ("year", "region_code", "id");

CREATE TABLE "award_entry" (
    "id" {uuid} NOT NULL,
    "round_id" {uuid} NOT NULL REFERENCES "award_round" ("id"),
    "community_id" {uuid} NOT NULL REFERENCES "community" ("id"),
    "region_code" {code} NOT NULL,
    "community_name" {code} NOT NULL,
    "year" integer NOT NULL,
    "awarded" boolean NOT NULL,
    "record" text NOT NULL,
    "sha256" text NOT NULL,
    "computed_at" {ts} NOT NULL,
    "version" bigint NOT NULL,
    "created_at" {ts} NOT NULL,
    "updated_at" {ts} NOT NULL,
    PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "ux_award_entry_round_community" ON "award_entry" ("round_id", "community_id");

CREATE INDEX "ix_award_entry_round_name" ON "award_entry" ("round_id", "community_name", "id");

CREATE INDEX "ix_award_entry_community" ON "award_entry" ("community_id", "year", "id");

CREATE TABLE "award_objection" (
    "id" {uuid} NOT NULL,
    "round_id" {uuid} NOT NULL REFERENCES "award_round" ("id"),
    "entry_id" {uuid} NOT NULL REFERENCES "award_entry" ("id"),
    "community_id" {uuid} NOT NULL REFERENCES "community" ("id"),
    "announcement" integer NOT NULL,
    "announced_by" text,
    "reason" text NOT NULL,
    "status" text NOT NULL,
    "answer" text,
    "was_awarded" boolean NOT NULL,
    "is_awarded" boolean,
    "decided_at" {ts},
    "version" bigint NOT NULL,
    "created_at" {ts} NOT NULL,
    "updated_at" {ts} NOT NULL,
    PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "ux_award_objection_entry" ON "award_objection" ("entry_id", "announcement");

CREATE INDEX "ix_award_objection_round" ON "award_objection" ("round_id", "id");

CREATE INDEX "ix_award_objection_community" ON "award_objection" ("community_id");
