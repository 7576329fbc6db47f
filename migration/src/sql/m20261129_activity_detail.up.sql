-- What is particular to each kind of activity: typed words, who told or coached, articles and who read them.

ALTER TABLE "activity" ADD COLUMN "detail" {json};

CREATE TABLE "activity_role" (
    "activity_id" {uuid} NOT NULL REFERENCES "activity" ("id"),
    "person_id" {uuid} NOT NULL REFERENCES "person" ("id"),
    "role" text NOT NULL,
    "position" integer NOT NULL,
    PRIMARY KEY ("activity_id", "person_id")
);

CREATE INDEX "ix_activity_role_person" ON "activity_role" ("person_id");

CREATE TABLE "coaching" (
    "activity_id" {uuid} NOT NULL REFERENCES "activity" ("id"),
    "coach_id" {uuid} NOT NULL REFERENCES "person" ("id"),
    "coachee_id" {uuid} NOT NULL REFERENCES "person" ("id"),
    "focus" text NOT NULL,
    "next_steps" text,
    "coach_shared_at" {ts},
    "coachee_shared_at" {ts},
    "version" bigint NOT NULL,
    "created_at" {ts} NOT NULL,
    "updated_at" {ts} NOT NULL,
    PRIMARY KEY ("activity_id")
);

CREATE INDEX "ix_coaching_coach" ON "coaching" ("coach_id");

CREATE INDEX "ix_coaching_coachee" ON "coaching" ("coachee_id");

CREATE TABLE "article" (
    "id" {uuid} NOT NULL,
    "community_id" {uuid} NOT NULL REFERENCES "community" ("id"),
    "activity_id" {uuid} NOT NULL REFERENCES "activity" ("id"),
    "shared_by_id" {uuid} NOT NULL REFERENCES "person" ("id"),
    "title" text NOT NULL,
    "authors" {json} NOT NULL,
    "url" text,
    "doi" text,
    "why" text NOT NULL,
    "pinned" integer NOT NULL,
    "version" bigint NOT NULL,
    "created_at" {ts} NOT NULL,
    "updated_at" {ts} NOT NULL,
    PRIMARY KEY ("id")
);

CREATE INDEX "ix_article_community" ON "article" ("community_id", "pinned", "id");

CREATE INDEX "ix_article_activity" ON "article" ("activity_id", "id");

CREATE INDEX "ix_article_shared_by" ON "article" ("shared_by_id");

CREATE TABLE "article_read" (
    "article_id" {uuid} NOT NULL REFERENCES "article" ("id"),
    "person_id" {uuid} NOT NULL REFERENCES "person" ("id"),
    "read_at" {ts} NOT NULL,
    PRIMARY KEY ("article_id", "person_id")
);

CREATE INDEX "ix_article_read_person" ON "article_read" ("person_id");

CREATE INDEX "ix_artefact_activity" ON "artefact" ("activity_id", "id");

CREATE INDEX "ix_reading_chapter_activity" ON "reading_chapter" ("activity_id");

CREATE INDEX "ix_observation_activity" ON "observation" ("activity_id");
