-- What the audit trail shows of personal values, apart from the chain that holds their hashes.

CREATE TABLE "audit_value" (
    "seq" bigint NOT NULL,
    "place" integer NOT NULL,
    "person_id" {uuid},
    "account_id" {uuid},
    "salt" text NOT NULL,
    "before" text,
    "after" text,
    PRIMARY KEY ("seq", "place")
);

CREATE INDEX "ix_audit_value_person" ON "audit_value" ("person_id", "seq");

CREATE INDEX "ix_audit_value_account" ON "audit_value" ("account_id", "seq");
