-- In which part somebody moderated, what was taken away and from where, what its author says against it, and what
-- members report.

ALTER TABLE "comment_moderation" ADD COLUMN "done_as" text NOT NULL DEFAULT 'officer';

CREATE TABLE "proposal_moderation" (
    "id" {uuid} NOT NULL,
    "proposal_id" {uuid} NOT NULL REFERENCES "proposal" ("id"),
    "step" text NOT NULL,
    "reason" text NOT NULL,
    "done_by" text NOT NULL,
    "done_at" {ts} NOT NULL,
    "status_before" text NOT NULL,
    "reason_before" text,
    "since_before" {ts} NOT NULL,
    PRIMARY KEY ("id")
);

CREATE INDEX "ix_proposal_moderation" ON "proposal_moderation" ("proposal_id", "id");

CREATE TABLE "appeal" (
    "id" {uuid} NOT NULL,
    "community_id" {uuid} NOT NULL REFERENCES "community" ("id"),
    "subject_kind" text NOT NULL,
    "subject_id" {uuid} NOT NULL,
    "step_id" {uuid} NOT NULL,
    "step_by" text NOT NULL,
    "words" text NOT NULL,
    "status" text NOT NULL,
    "answer" text,
    "decided_by" text,
    "decided_at" {ts},
    "version" bigint NOT NULL,
    "created_at" {ts} NOT NULL,
    "updated_at" {ts} NOT NULL,
    PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "uq_appeal_step" ON "appeal" ("step_id");

CREATE INDEX "ix_appeal_community" ON "appeal" ("community_id", "status", "id");

CREATE INDEX "ix_appeal_subject" ON "appeal" ("subject_id", "status");

CREATE TABLE "report" (
    "id" {uuid} NOT NULL,
    "community_id" {uuid} NOT NULL REFERENCES "community" ("id"),
    "subject_kind" text NOT NULL,
    "subject_id" {uuid} NOT NULL,
    "reporter_mark" {code} NOT NULL,
    "code" text NOT NULL,
    "words" text,
    "status" text NOT NULL,
    "answer" text,
    "closed_by" text,
    "closed_at" {ts},
    "version" bigint NOT NULL,
    "created_at" {ts} NOT NULL,
    "updated_at" {ts} NOT NULL,
    PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "uq_report_mark" ON "report" ("reporter_mark");

CREATE INDEX "ix_report_community" ON "report" ("community_id", "status", "id");

CREATE INDEX "ix_report_subject" ON "report" ("subject_id", "status");
