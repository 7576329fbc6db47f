DROP TABLE "data_access";
