DROP TABLE "calendar_feed";

DROP TABLE "series_withdrawal";
