DROP TABLE "client_use";
