-- What communities make: versioned, reviewed, published, carried on by others, with files beside them.

CREATE TABLE "artefact" (
    "id" {uuid} NOT NULL,
    "community_id" {uuid} NOT NULL REFERENCES "community" ("id"),
    "region_code" {code} NOT NULL,
    "audience_region" {code} NOT NULL,
    "kind" text NOT NULL,
    "title" {code} NOT NULL,
    "summary" text NOT NULL,
    "subject" {code},
    "level" text,
    "licence" text NOT NULL,
    "status" text NOT NULL,
    "status_reason" text,
    "audience" text,
    "activity_id" {uuid} REFERENCES "activity" ("id"),
    "forked_from_id" {uuid} REFERENCES "artefact" ("id"),
    "forked_from_number" integer,
    "forks" integer NOT NULL,
    "latest" integer NOT NULL,
    "published" integer,
    "published_at" {ts},
    "version" bigint NOT NULL,
    "created_at" {ts} NOT NULL,
    "updated_at" {ts} NOT NULL,
    PRIMARY KEY ("id")
);

CREATE INDEX "ix_artefact_title" ON "artefact" ("title", "id");

CREATE INDEX "ix_artefact_title_lower" ON "artefact" (lower("title"));

CREATE INDEX "ix_artefact_community" ON "artefact" ("community_id", "title", "id");

CREATE INDEX "ix_artefact_forked" ON "artefact" ("forked_from_id");

CREATE TABLE "artefact_version" (
    "artefact_id" {uuid} NOT NULL REFERENCES "artefact" ("id"),
    "number" integer NOT NULL,
    "body" text NOT NULL,
    "alignment" {json} NOT NULL,
    "attachments" {json} NOT NULL,
    "note" text,
    "written_by" {uuid} NOT NULL REFERENCES "person" ("id"),
    "created_at" {ts} NOT NULL,
    PRIMARY KEY ("artefact_id", "number")
);

CREATE TABLE "artefact_author" (
    "artefact_id" {uuid} NOT NULL REFERENCES "artefact" ("id"),
    "person_id" {uuid} NOT NULL REFERENCES "person" ("id"),
    "created_at" {ts} NOT NULL,
    PRIMARY KEY ("artefact_id", "person_id")
);

CREATE INDEX "ix_artefact_author_person" ON "artefact_author" ("person_id");

CREATE TABLE "artefact_review" (
    "artefact_id" {uuid} NOT NULL REFERENCES "artefact" ("id"),
    "number" integer NOT NULL,
    "reviewer_id" {uuid} NOT NULL REFERENCES "person" ("id"),
    "verdict" text NOT NULL,
    "comment" text,
    "created_at" {ts} NOT NULL,
    PRIMARY KEY ("artefact_id", "number", "reviewer_id")
);

CREATE INDEX "ix_artefact_review_reviewer" ON "artefact_review" ("reviewer_id");

CREATE TABLE "artefact_attachment" (
    "id" {uuid} NOT NULL,
    "artefact_id" {uuid} NOT NULL REFERENCES "artefact" ("id"),
    "filename" text NOT NULL,
    "media_type" text NOT NULL,
    "bytes" bigint NOT NULL,
    "sha256" text NOT NULL,
    "uploaded_by" {uuid} NOT NULL REFERENCES "person" ("id"),
    "created_at" {ts} NOT NULL,
    PRIMARY KEY ("id")
);

CREATE INDEX "ix_artefact_attachment_artefact" ON "artefact_attachment" ("artefact_id", "id");
