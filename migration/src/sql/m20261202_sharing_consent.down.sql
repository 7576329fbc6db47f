ALTER TABLE "person" DROP COLUMN "restricted_by";

DROP TABLE "sharing_consent";
