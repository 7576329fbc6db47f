-- Through which app a change came, why, and what it was before; and which events are those of an entry, so that
-- entries are found by their subjects. Entries from before have none of the first and no "format".

ALTER TABLE "audit_entry" ADD COLUMN "format" integer;

ALTER TABLE "audit_entry" ADD COLUMN "client" text;

ALTER TABLE "audit_entry" ADD COLUMN "account" text;

ALTER TABLE "audit_entry" ADD COLUMN "reason" text;

ALTER TABLE "audit_entry" ADD COLUMN "changes" {json};

ALTER TABLE "audit_entry" ADD COLUMN "first_pos" bigint;

ALTER TABLE "audit_entry" ADD COLUMN "last_pos" bigint;

UPDATE "audit_entry" SET "first_pos" = "span"."end_pos" - "span"."many" + 1, "last_pos" = "span"."end_pos"
FROM (
    SELECT "seq" AS "of_seq", json_array_length("subjects") AS "many",
        SUM(json_array_length("subjects")) OVER (ORDER BY "seq") AS "end_pos"
    FROM "audit_entry"
) AS "span"
WHERE "span"."of_seq" = "audit_entry"."seq";

CREATE INDEX "ix_event_region" ON "event" ("region_code", "pos");

CREATE INDEX "ix_audit_entry_last_pos" ON "audit_entry" ("last_pos");

CREATE INDEX "ix_audit_entry_actor" ON "audit_entry" ("actor", "seq");

CREATE INDEX "ix_audit_entry_action" ON "audit_entry" ("action", "seq");

CREATE INDEX "ix_audit_entry_at" ON "audit_entry" ("at", "seq");

CREATE INDEX "ix_audit_entry_client" ON "audit_entry" ("client", "seq");
