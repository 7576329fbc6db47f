# Enrolments, seats and attendance.
noun-enrolment = enrolment
enrolment-without-seat = The batch has finished without a seat for you. You are welcome to apply to another batch.
seats-exhausted = Every seat of this batch is taken.
