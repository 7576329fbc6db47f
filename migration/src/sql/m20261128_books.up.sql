-- Books that a community reads together, chapter by chapter.

CREATE TABLE "book_reading" (
    "id" {uuid} NOT NULL,
    "community_id" {uuid} NOT NULL REFERENCES "community" ("id"),
    "title" text NOT NULL,
    "authors" {json} NOT NULL,
    "isbn" {code},
    "publisher" text,
    "year" integer,
    "status" text NOT NULL,
    "status_reason" text,
    "status_since" {ts} NOT NULL,
    "version" bigint NOT NULL,
    "created_at" {ts} NOT NULL,
    "updated_at" {ts} NOT NULL,
    PRIMARY KEY ("id")
);

CREATE INDEX "ix_book_reading_community" ON "book_reading" ("community_id", "id");

CREATE TABLE "reading_chapter" (
    "reading_id" {uuid} NOT NULL REFERENCES "book_reading" ("id"),
    "number" integer NOT NULL,
    "title" text NOT NULL,
    "pages" text,
    "due_on" {date},
    "leader_id" {uuid} REFERENCES "person" ("id"),
    "activity_id" {uuid} REFERENCES "activity" ("id"),
    PRIMARY KEY ("reading_id", "number")
);

CREATE INDEX "ix_reading_chapter_leader" ON "reading_chapter" ("leader_id");

CREATE TABLE "chapter_note" (
    "id" {uuid} NOT NULL,
    "reading_id" {uuid} NOT NULL REFERENCES "book_reading" ("id"),
    "chapter" integer NOT NULL,
    "person_id" {uuid} NOT NULL REFERENCES "person" ("id"),
    "text" text NOT NULL,
    "version" bigint NOT NULL,
    "created_at" {ts} NOT NULL,
    "updated_at" {ts} NOT NULL,
    PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "ux_chapter_note_own" ON "chapter_note" ("reading_id", "chapter", "person_id");

CREATE INDEX "ix_chapter_note_reading" ON "chapter_note" ("reading_id", "created_at", "id");

CREATE INDEX "ix_chapter_note_person" ON "chapter_note" ("person_id");

CREATE TABLE "chapter_mark" (
    "reading_id" {uuid} NOT NULL REFERENCES "book_reading" ("id"),
    "chapter" integer NOT NULL,
    "person_id" {uuid} NOT NULL REFERENCES "person" ("id"),
    "marked_at" {ts} NOT NULL,
    PRIMARY KEY ("reading_id", "chapter", "person_id")
);

CREATE INDEX "ix_chapter_mark_person" ON "chapter_mark" ("person_id");
