-- A person's own learning: what they plan, how they see themselves, what shows it, what they think of it, and who may read.

CREATE TABLE "learning_plan" (
    "id" {uuid} NOT NULL,
    "person_id" {uuid} NOT NULL REFERENCES "person" ("id"),
    "period" text NOT NULL,
    "version" bigint NOT NULL,
    "created_at" {ts} NOT NULL,
    "updated_at" {ts} NOT NULL,
    PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "ux_learning_plan_period" ON "learning_plan" ("person_id", "period");

CREATE TABLE "learning_goal" (
    "id" {uuid} NOT NULL,
    "plan_id" {uuid} NOT NULL REFERENCES "learning_plan" ("id"),
    "person_id" {uuid} NOT NULL REFERENCES "person" ("id"),
    "competency" {code},
    "text" text NOT NULL,
    "due_on" {date},
    "status" text NOT NULL,
    "status_since" {ts} NOT NULL,
    "version" bigint NOT NULL,
    "created_at" {ts} NOT NULL,
    "updated_at" {ts} NOT NULL,
    PRIMARY KEY ("id")
);

CREATE INDEX "ix_learning_goal_plan" ON "learning_goal" ("plan_id", "id");

CREATE INDEX "ix_learning_goal_person" ON "learning_goal" ("person_id", "id");

CREATE TABLE "learning_evidence" (
    "id" {uuid} NOT NULL,
    "plan_id" {uuid} NOT NULL REFERENCES "learning_plan" ("id"),
    "person_id" {uuid} NOT NULL REFERENCES "person" ("id"),
    "goal_id" {uuid} REFERENCES "learning_goal" ("id"),
    "certificate_id" {uuid} REFERENCES "certificate" ("id"),
    "activity_id" {uuid} REFERENCES "activity" ("id"),
    "artefact_id" {uuid} REFERENCES "artefact" ("id"),
    "url" text,
    "text" text NOT NULL,
    "created_at" {ts} NOT NULL,
    PRIMARY KEY ("id")
);

CREATE INDEX "ix_learning_evidence_plan" ON "learning_evidence" ("plan_id", "id");

CREATE INDEX "ix_learning_evidence_person" ON "learning_evidence" ("person_id");

CREATE TABLE "self_assessment" (
    "id" {uuid} NOT NULL,
    "plan_id" {uuid} NOT NULL REFERENCES "learning_plan" ("id"),
    "person_id" {uuid} NOT NULL REFERENCES "person" ("id"),
    "competency" {code} NOT NULL,
    "level" integer NOT NULL,
    "corrects_id" {uuid} REFERENCES "self_assessment" ("id"),
    "corrected_at" {ts},
    "created_at" {ts} NOT NULL,
    PRIMARY KEY ("id")
);

CREATE INDEX "ix_self_assessment_plan" ON "self_assessment" ("plan_id", "id");

CREATE INDEX "ix_self_assessment_person" ON "self_assessment" ("person_id", "id");

CREATE TABLE "learning_reflection" (
    "id" {uuid} NOT NULL,
    "plan_id" {uuid} NOT NULL REFERENCES "learning_plan" ("id"),
    "person_id" {uuid} NOT NULL REFERENCES "person" ("id"),
    "text" text NOT NULL,
    "version" bigint NOT NULL,
    "created_at" {ts} NOT NULL,
    "updated_at" {ts} NOT NULL,
    PRIMARY KEY ("id")
);

CREATE INDEX "ix_learning_reflection_plan" ON "learning_reflection" ("plan_id", "id");

CREATE INDEX "ix_learning_reflection_person" ON "learning_reflection" ("person_id", "id");

CREATE TABLE "learning_share" (
    "subject_id" {uuid} NOT NULL,
    "audience_id" {uuid} NOT NULL,
    "audience" text NOT NULL,
    "owner_id" {uuid} NOT NULL REFERENCES "person" ("id"),
    "created_at" {ts} NOT NULL,
    PRIMARY KEY ("subject_id", "audience_id")
);

CREATE INDEX "ix_learning_share_audience" ON "learning_share" ("audience_id", "subject_id");

CREATE INDEX "ix_learning_share_owner" ON "learning_share" ("owner_id");
