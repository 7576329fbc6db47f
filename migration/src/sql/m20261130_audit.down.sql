-- What was sealed together with these columns can no longer be checked without them.

DROP INDEX "ix_audit_entry_client";

DROP INDEX "ix_audit_entry_at";

DROP INDEX "ix_audit_entry_action";

DROP INDEX "ix_audit_entry_actor";

DROP INDEX "ix_audit_entry_last_pos";

DROP INDEX "ix_event_region";

ALTER TABLE "audit_entry" DROP COLUMN "last_pos";

ALTER TABLE "audit_entry" DROP COLUMN "first_pos";

ALTER TABLE "audit_entry" DROP COLUMN "changes";

ALTER TABLE "audit_entry" DROP COLUMN "reason";

ALTER TABLE "audit_entry" DROP COLUMN "account";

ALTER TABLE "audit_entry" DROP COLUMN "client";

ALTER TABLE "audit_entry" DROP COLUMN "format";
