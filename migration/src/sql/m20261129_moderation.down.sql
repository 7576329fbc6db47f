DROP TABLE "report";

DROP TABLE "appeal";

DROP TABLE "proposal_moderation";

ALTER TABLE "comment_moderation" DROP COLUMN "done_as";
