-- Credit for what communities do: the rules, what somebody claimed by them, and which activities that used up.

CREATE TABLE "credit_scheme" (
    "id" {uuid} NOT NULL,
    "program_id" {uuid} NOT NULL REFERENCES "program" ("id"),
    "provider_id" {uuid} NOT NULL REFERENCES "organisation" ("id"),
    "code" {code} NOT NULL,
    "edition" integer NOT NULL,
    "description" text NOT NULL,
    "components" {json} NOT NULL,
    "cycle_days" integer NOT NULL,
    "monthly_cap_jp" integer,
    "minutes_per_jp" integer NOT NULL,
    "effective_from" {date} NOT NULL,
    "retired_on" {date},
    "status" text NOT NULL,
    "version" bigint NOT NULL,
    "created_at" {ts} NOT NULL,
    "updated_at" {ts} NOT NULL,
    PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "ux_credit_scheme_edition" ON "credit_scheme" ("program_id", "code", "edition");

CREATE INDEX "ix_credit_scheme_code" ON "credit_scheme" ("code", "id");

CREATE INDEX "ix_credit_scheme_provider" ON "credit_scheme" ("provider_id");

CREATE TABLE "credit_claim" (
    "id" {uuid} NOT NULL,
    "person_id" {uuid} NOT NULL REFERENCES "person" ("id"),
    "community_id" {uuid} NOT NULL REFERENCES "community" ("id"),
    "scheme_id" {uuid} NOT NULL REFERENCES "credit_scheme" ("id"),
    "starts_on" {date} NOT NULL,
    "ends_on" {date} NOT NULL,
    "jp" integer NOT NULL,
    "statement" {json} NOT NULL,
    "claimed_by" text NOT NULL,
    "created_at" {ts} NOT NULL,
    PRIMARY KEY ("id")
);

CREATE INDEX "ix_credit_claim_person" ON "credit_claim" ("person_id", "community_id");

CREATE INDEX "ix_credit_claim_scheme" ON "credit_claim" ("scheme_id");

CREATE INDEX "ix_credit_claim_community" ON "credit_claim" ("community_id");

CREATE TABLE "credit_use" (
    "person_id" {uuid} NOT NULL REFERENCES "person" ("id"),
    "activity_id" {uuid} NOT NULL REFERENCES "activity" ("id"),
    "claim_id" {uuid} NOT NULL REFERENCES "credit_claim" ("id"),
    "month" {code} NOT NULL,
    "jp" integer NOT NULL,
    PRIMARY KEY ("person_id", "activity_id")
);

CREATE INDEX "ix_credit_use_month" ON "credit_use" ("person_id", "month");

CREATE INDEX "ix_credit_use_activity" ON "credit_use" ("activity_id");

CREATE INDEX "ix_credit_use_claim" ON "credit_use" ("claim_id");

-- Where a certificate was earned, when it was not in a training.

ALTER TABLE "certificate" ADD COLUMN "community_id" {uuid} REFERENCES "community" ("id");

ALTER TABLE "certificate" ADD COLUMN "claim_id" {uuid} REFERENCES "credit_claim" ("id");

CREATE UNIQUE INDEX "ux_certificate_claim_live" ON "certificate" ("claim_id") WHERE "status" IN ('valid', 'suspended');

CREATE INDEX "ix_certificate_community" ON "certificate" ("community_id");
