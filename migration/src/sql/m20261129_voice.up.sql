-- What members say to one another, and what they propose and decide.

CREATE TABLE "proposal" (
    "id" {uuid} NOT NULL,
    "community_id" {uuid} NOT NULL REFERENCES "community" ("id"),
    "title" text NOT NULL,
    "body" text NOT NULL,
    "anonymous" boolean NOT NULL,
    "author_id" {uuid} REFERENCES "person" ("id"),
    "author_sealed" text,
    "author_mark" {code},
    "status" text NOT NULL,
    "status_reason" text,
    "status_since" {ts} NOT NULL,
    "voting_rule" text,
    "quorum_percent" integer,
    "eligible" integer,
    "voting_closes_at" {ts},
    "version" bigint NOT NULL,
    "created_at" {ts} NOT NULL,
    "updated_at" {ts} NOT NULL,
    PRIMARY KEY ("id")
);

CREATE INDEX "ix_proposal_community" ON "proposal" ("community_id", "id");

CREATE INDEX "ix_proposal_author" ON "proposal" ("author_id");

CREATE TABLE "proposal_vote" (
    "proposal_id" {uuid} NOT NULL REFERENCES "proposal" ("id"),
    "voter_mark" {code} NOT NULL,
    "choice" text NOT NULL,
    PRIMARY KEY ("proposal_id", "voter_mark")
);

CREATE TABLE "proposal_unsealing" (
    "id" {uuid} NOT NULL,
    "proposal_id" {uuid} NOT NULL REFERENCES "proposal" ("id"),
    "unsealed_by" text NOT NULL,
    "reason" text NOT NULL,
    "unsealed_at" {ts} NOT NULL,
    PRIMARY KEY ("id")
);

CREATE INDEX "ix_proposal_unsealing" ON "proposal_unsealing" ("proposal_id", "id");

CREATE TABLE "comment" (
    "id" {uuid} NOT NULL,
    "community_id" {uuid} NOT NULL REFERENCES "community" ("id"),
    "subject_kind" text NOT NULL,
    "subject_id" {uuid} NOT NULL,
    "parent_id" {uuid} REFERENCES "comment" ("id"),
    "author_id" {uuid} NOT NULL REFERENCES "person" ("id"),
    "body" text NOT NULL,
    "status" text NOT NULL,
    "hidden_code" text,
    "hidden_reason" text,
    "edited_at" {ts},
    "version" bigint NOT NULL,
    "created_at" {ts} NOT NULL,
    "updated_at" {ts} NOT NULL,
    PRIMARY KEY ("id")
);

CREATE INDEX "ix_comment_subject" ON "comment" ("subject_kind", "subject_id", "created_at", "id");

CREATE INDEX "ix_comment_parent" ON "comment" ("parent_id");

CREATE INDEX "ix_comment_author" ON "comment" ("author_id");

CREATE TABLE "comment_mention" (
    "comment_id" {uuid} NOT NULL REFERENCES "comment" ("id"),
    "person_id" {uuid} NOT NULL REFERENCES "person" ("id"),
    PRIMARY KEY ("comment_id", "person_id")
);

CREATE INDEX "ix_comment_mention_person" ON "comment_mention" ("person_id", "comment_id");

CREATE TABLE "comment_reaction" (
    "comment_id" {uuid} NOT NULL REFERENCES "comment" ("id"),
    "kind" text NOT NULL,
    "person_id" {uuid} NOT NULL REFERENCES "person" ("id"),
    "reacted_at" {ts} NOT NULL,
    PRIMARY KEY ("comment_id", "kind", "person_id")
);

CREATE INDEX "ix_comment_reaction_person" ON "comment_reaction" ("person_id");

CREATE TABLE "comment_moderation" (
    "id" {uuid} NOT NULL,
    "comment_id" {uuid} NOT NULL REFERENCES "comment" ("id"),
    "step" text NOT NULL,
    "code" text,
    "reason" text NOT NULL,
    "done_by" text NOT NULL,
    "done_at" {ts} NOT NULL,
    PRIMARY KEY ("id")
);

CREATE INDEX "ix_comment_moderation" ON "comment_moderation" ("comment_id", "id");
