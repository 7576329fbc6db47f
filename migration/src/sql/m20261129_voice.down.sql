DROP TABLE "comment_moderation";

DROP TABLE "comment_reaction";

DROP TABLE "comment_mention";

DROP TABLE "comment";

DROP TABLE "proposal_unsealing";

DROP TABLE "proposal_vote";

DROP TABLE "proposal";
