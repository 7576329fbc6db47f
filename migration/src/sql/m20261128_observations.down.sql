DROP TABLE "observation";

DROP TABLE "observation_instrument";
