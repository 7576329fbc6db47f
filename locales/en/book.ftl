noun-book-reading = reading
noun-chapter-note = chapter note

# Books.
isbn-malformed = An ISBN has 10 or 13 digits; hyphens may be written. The last digit of an ISBN-10 can be X.
isbn-check-digit-wrong = The check digit of this ISBN does not fit. Look at the book again.
authors-out-of-range = Name { $min } to { $max } authors.
book-year-out-of-range = The year of publication lies between { $min } and { $max }.
chapters-out-of-range = A book is read in { $min } to { $max } chapters.
chapters-not-in-order = Number the chapters in order, beginning with 1.

# Readings.
schedule-too-long = The schedule is longer than the book, which has { $max } chapters.
chapter-unknown = The book has no such chapter.
chapter-scheduled-twice = This chapter is listed already. Keep one line.
due-dates-reversed = This chapter is due before the one before it. Correct the order.
activity-not-book-club-meeting = This activity is not a meeting of a book club. Choose another, or leave it out.
reading-not-planned = This can be done only while the reading is planned; it is "{ $status }".
reading-not-reading = This can be done only while the book is being read; the reading is "{ $status }".
reading-over = This reading is over; it is "{ $status }".

# Words.
action-book-reading-read = seeing readings
action-book-reading-create = planning a reading
action-book-reading-update = changing the schedule of a reading
action-book-reading-start = starting a reading
action-book-reading-finish = finishing a reading
action-book-reading-stop = stopping a reading
action-chapter-note-read = seeing chapter notes
action-chapter-note-write = writing a chapter note
action-chapter-mark = marking a chapter as read
status-reading-planned = planned
status-reading-reading = being read
status-reading-finished = finished
status-reading-stopped = stopped
