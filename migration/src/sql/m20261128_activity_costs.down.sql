DROP TABLE "activity_cost";
