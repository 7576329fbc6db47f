DROP TABLE "activity_attendance";

DROP TABLE "activity";

DROP TABLE "meeting_series";

DROP TABLE "community_partner";

DROP TABLE "community_office";

DROP TABLE "membership";

DROP TABLE "community_school";

DROP TABLE "community";
