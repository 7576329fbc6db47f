DROP INDEX "ix_certificate_community";

DROP INDEX "ux_certificate_claim_live";

ALTER TABLE "certificate" DROP COLUMN "claim_id";

ALTER TABLE "certificate" DROP COLUMN "community_id";

DROP TABLE "credit_use";

DROP TABLE "credit_claim";

DROP TABLE "credit_scheme";
