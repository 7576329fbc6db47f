-- What communities set out to improve, and what was done for it.

CREATE TABLE "improvement" (
    "id" {uuid} NOT NULL,
    "community_id" {uuid} NOT NULL REFERENCES "community" ("id"),
    "title" text NOT NULL,
    "problem" text NOT NULL,
    "evidence" text NOT NULL,
    "evidence_url" text,
    "measure" text NOT NULL,
    "unit" text NOT NULL,
    "direction" text NOT NULL,
    "baseline" bigint NOT NULL,
    "baseline_on" {date} NOT NULL,
    "target" bigint NOT NULL,
    "strategy" text,
    "owner_id" {uuid} REFERENCES "person" ("id"),
    "due_on" {date},
    "progress" text,
    "after_value" bigint,
    "after_on" {date},
    "review" text,
    "closing_note" text,
    "status" text NOT NULL,
    "status_reason" text,
    "status_since" {ts} NOT NULL,
    "version" bigint NOT NULL,
    "created_at" {ts} NOT NULL,
    "updated_at" {ts} NOT NULL,
    PRIMARY KEY ("id")
);

CREATE INDEX "ix_improvement_community" ON "improvement" ("community_id", "id");

CREATE INDEX "ix_improvement_owner" ON "improvement" ("owner_id");

CREATE TABLE "improvement_activity" (
    "improvement_id" {uuid} NOT NULL REFERENCES "improvement" ("id"),
    "activity_id" {uuid} NOT NULL REFERENCES "activity" ("id"),
    "linked_at" {ts} NOT NULL,
    PRIMARY KEY ("improvement_id", "activity_id")
);

CREATE INDEX "ix_improvement_activity_activity" ON "improvement_activity" ("activity_id", "improvement_id");

CREATE TABLE "improvement_artefact" (
    "improvement_id" {uuid} NOT NULL REFERENCES "improvement" ("id"),
    "artefact_id" {uuid} NOT NULL REFERENCES "artefact" ("id"),
    "linked_at" {ts} NOT NULL,
    PRIMARY KEY ("improvement_id", "artefact_id")
);

CREATE INDEX "ix_improvement_artefact_artefact" ON "improvement_artefact" ("artefact_id");
