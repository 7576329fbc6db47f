DROP TABLE "learning_share";

DROP TABLE "learning_reflection";

DROP TABLE "self_assessment";

DROP TABLE "learning_evidence";

DROP TABLE "learning_goal";

DROP TABLE "learning_plan";
