ALTER TABLE "credit_scheme" DROP COLUMN "least_minutes";

ALTER TABLE "credit_scheme" DROP COLUMN "community_kinds";

DROP INDEX "ix_artefact_attachment_sha256";

DROP TABLE "released_file";

DROP TABLE "activity_removal";
