DROP TABLE "correction";
