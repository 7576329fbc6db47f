# Enrolments, seats and attendance.
noun-enrolment = enrolment
seats-exhausted = Every seat of this batch is taken.
