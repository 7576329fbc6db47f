-- Agreed instruments for watching a lesson, and peer observations, which belong to two persons alone.

CREATE TABLE "observation_instrument" (
    "id" {uuid} NOT NULL,
    "community_id" {uuid} REFERENCES "community" ("id"),
    "code" {code} NOT NULL,
    "edition" integer NOT NULL,
    "supersedes_id" {uuid} REFERENCES "observation_instrument" ("id"),
    "title" {code} NOT NULL,
    "description" text,
    "criteria" {json} NOT NULL,
    "status" text NOT NULL,
    "status_since" {ts} NOT NULL,
    "version" bigint NOT NULL,
    "created_at" {ts} NOT NULL,
    "updated_at" {ts} NOT NULL,
    PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "ux_observation_instrument_national" ON "observation_instrument" ("code", "edition") WHERE "community_id" IS NULL;

CREATE UNIQUE INDEX "ux_observation_instrument_community" ON "observation_instrument" ("community_id", "code", "edition") WHERE "community_id" IS NOT NULL;

CREATE UNIQUE INDEX "ux_observation_instrument_next" ON "observation_instrument" ("supersedes_id");

CREATE INDEX "ix_observation_instrument_title" ON "observation_instrument" ("title", "id");

CREATE TABLE "observation" (
    "id" {uuid} NOT NULL,
    "community_id" {uuid} NOT NULL REFERENCES "community" ("id"),
    "activity_id" {uuid} REFERENCES "activity" ("id"),
    "observer_id" {uuid} NOT NULL REFERENCES "person" ("id"),
    "observed_id" {uuid} NOT NULL REFERENCES "person" ("id"),
    "proposed_by_id" {uuid} NOT NULL REFERENCES "person" ("id"),
    "agreed_at" {ts},
    "instrument_id" {uuid} REFERENCES "observation_instrument" ("id"),
    "school_id" {uuid} REFERENCES "school" ("id"),
    "lesson_at" {ts} NOT NULL,
    "subject" text NOT NULL,
    "grade" text NOT NULL,
    "focus" text NOT NULL,
    "status" text NOT NULL,
    "status_reason" text,
    "evidence" text,
    "ratings" {json} NOT NULL,
    "feedback" text,
    "reflection" text,
    "observer_shared_at" {ts},
    "observed_shared_at" {ts},
    "reflection_shared_at" {ts},
    "version" bigint NOT NULL,
    "created_at" {ts} NOT NULL,
    "updated_at" {ts} NOT NULL,
    PRIMARY KEY ("id")
);

CREATE INDEX "ix_observation_lesson" ON "observation" ("lesson_at", "id");

CREATE INDEX "ix_observation_community" ON "observation" ("community_id", "lesson_at", "id");

CREATE INDEX "ix_observation_observer" ON "observation" ("observer_id", "lesson_at", "id");

CREATE INDEX "ix_observation_observed" ON "observation" ("observed_id", "lesson_at", "id");
