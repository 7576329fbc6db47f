DROP TABLE "chapter_mark";

DROP TABLE "chapter_note";

DROP TABLE "reading_chapter";

DROP TABLE "book_reading";
