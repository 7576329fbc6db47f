noun-program = program
noun-batch = batch
noun-session = session
# Programs.
jp-out-of-range = A program has { $min } to { $max } JP.
minutes-per-jp-out-of-range = A JP has { $min } to { $max } minutes.
attendance-percent-out-of-range = The least attendance lies between { $min } and { $max } percent.
score-out-of-range = A score lies between { $min } and { $max }.
title-too-short = A title has at least { $min } characters.
title-without-letters = A title needs letters. Write what is taught.
program-code-malformed = A program's code has 2 to 20 letters, digits and dashes, like GB-INKLUSIF.
program-not-draft = This can be done only while the program is a draft; it is "{ $status }". Return it to draft first, if it has no batch.
program-not-published = This can be done only with a published program; it is "{ $status }". Publish it first.
program-has-batches = The program has { $batches ->
        [one] 1 batch
       *[other] { $batches } batches
    }, so its curriculum is fixed. Archive it and write a new program.

# Batches.
capacity-out-of-range = A batch has { $min } to { $max } seats.
capacity-below-taken = { $taken ->
        [one] 1 seat is
       *[other] { $taken } seats are
    } taken already; { $capacity } are too few. Keep at least as many as are taken.
cost-out-of-range = The cost lies between { $min } and { $max } rupiah, without decimals.
direct-batch-with-source = A direct batch passes nothing on. Leave the source out, or make it a cascade.
cascade-without-source = A cascade passes on an earlier batch. Name it.
cascade-of-other-program = The source batch is of another program. A cascade passes on its own program.
cascade-source-not-running = The source batch has not started or was cancelled. Name one that runs or has finished.
cascade-too-deep = This was passed on too often to be the same training. Start from a batch closer to the direct one.
registration-window-reversed = Registration closes before it opens. Correct the two times.
registration-closes-after-end = Registration closes after the last day of the batch. Close it earlier.
registration-not-yet-open = Registration opens on { $opens }. Come back then.
registration-over = Registration closed on { $closed }. Ask the provider whether it can be extended.
batch-dates-reversed = The last day lies before the first. Correct the two days.
batch-without-session = The batch has no session. Plan at least one before opening it.
batch-not-draft = This can be done only while the batch is a draft; it is "{ $status }".
batch-not-open = The batch takes no applications; it is "{ $status }".
batch-not-closed = This can be done only after registration was closed; the batch is "{ $status }".
batch-not-running = This can be done only once the batch runs; it is "{ $status }".
batch-finished = The batch has finished and stays so.
batch-already-cancelled = The batch was cancelled and stays so.
batch-takes-no-decisions = Seats are given from the opening until the batch has finished; it is "{ $status }".
session-without-resource-person = { $sessions ->
        [one] 1 session has
       *[other] { $sessions } sessions have
    } no resource person with verified competence for the program (for a session that has begun: verified when it began). A direct batch needs one in every session: assign one, or take the session off the plan.
sessions-to-come = { $sessions ->
        [one] 1 session has
       *[other] { $sessions } sessions have
    } not ended yet; the next starts on { $next }, the last ends on { $until }. Wait until then, or move or delete the sessions that will not be held.
sessions-shorter-than-jp = The sessions add up to { $planned } minutes; the program's JP are { $due }. Plan more, or explain the self-study part in the program.
ranked-first-come = Place { $position }: applied on { $applied }; whoever applied first comes first.
ranked-least-trained = Place { $position }: { $jp } JP of direct training since { $from }, applied on { $applied }; the least trained come first.

# Enrolments.
enrolment-already-live = This person already has an enrolment in this batch; it is "{ $status }".
not-in-audience = The program is meant for: { $audience }; this person is "{ $kind }". The application stands; ask the provider whether this training fits.
teaches-in-batch = Who teaches in a batch cannot take part in it. Enrol in another batch, or be taken off the sessions first.
enrolment-not-awaiting-seat = Only an applied or waitlisted enrolment can be accepted; this one is "{ $status }".
enrolment-not-applied = Only an applied enrolment can be waitlisted; this one is "{ $status }".
enrolment-not-rejectable = This enrolment can no longer be rejected; it is "{ $status }".
enrolment-has-attendance = Attendance was recorded for this enrolment, so it cannot be rejected. Take the attendance back if it was recorded by mistake; else let the participant withdraw, or decide that it is not completed.
enrolment-not-withdrawable = Only an applied, waitlisted or accepted enrolment can be withdrawn; this one is "{ $status }".
withdrawal-reason-missing = Say why the seat is given up.
enrolment-not-accepted = Only an accepted enrolment allows this; this one is "{ $status }".
requirements-not-met = Not every requirement is met yet: { $unmet }. See the explanation of the completion.
enrolment-not-withdrawn = Only a withdrawn enrolment can be applied for again; this one is "{ $status }".
enrolment-not-decided = Only an enrolment that was decided (completed or not) can be reopened; this one is "{ $status }".
enrolment-has-certificate = A certificate of this completion is valid. Revoke it before reopening.

# Sessions and attendance.
session-length-out-of-range = A session has { $min } to { $max } minutes.
session-times-reversed = It must end at least a minute after it starts.
session-too-long = It lasts at most { $hours } hours. Split it.
session-outside-batch-dates = { $day } lies outside the batch, which lasts from { $first } to { $last } in the session's time zone.
time-zone-unknown = This time zone is not used here. Use one of: { $allowed }.
teaching-days-out-of-range = Teaching days are a sum of Monday 1, Tuesday 2, Wednesday 4, Thursday 8, Friday 16, Saturday 32: { $min } to { $max }.
timetable-hours-reversed = Lessons must end after they start, within one day.
session-clashes-with-teaching = On { $day } from { $from } to { $until } ({ $minutes ->
        [one] 1 minute
       *[other] { $minutes } minutes
    }) this falls into teaching hours. Move it after school, to a free day or to the learning day.
burden-cap-out-of-range = The cap lies between { $min } and { $max } minutes per term.
term-malformed = A term looks like 2026-1 (July to December 2026) or 2026-2 (January to June 2027).
override-without-name = Say who allows it.
trainer-burden-past-cap = This serving teacher would teach others { $total } minutes this term; the cap is { $cap }. Consider somebody else.
trainer-burden-exceeded = This serving teacher would teach others { $total } minutes this term, more than twice the cap of { $cap }. Choose somebody else, or name who allows it and why.
session-in-future = The session has not started yet. Record attendance from its start on.
attendance-empty = The list is empty. Name at least one enrolment.
attendance-too-long = The list has more than { $max } entries. Check that it is of one session.
enrolment-listed-twice = This enrolment stands in the list twice. Keep one line.
enrolment-not-in-batch = This enrolment is not of the session's batch. Check the list.
minutes-out-of-range = Minutes present lie between { $min } and { $max }.

# Planning programs, batches and sessions.
program-code-taken = Another program of this provider has this code.
competencies-too-many = At most { $max } competencies.
competency-malformed = A competency code has 1 to 20 letters, digits, dots and dashes, like K1.
competency-listed-twice = This competency stands in the list twice. Keep one.
sessions-outside-batch-dates = { $sessions ->
        [one] 1 session
       *[other] { $sessions } sessions
    } would lie outside the new days. Move { $sessions ->
        [one] it
       *[other] them
    } first.
sessions-too-many = A batch has at most { $max } sessions.
session-has-attendance = Attendance was recorded in this session, so its times and teachers stand. Take the attendance back first if it was recorded by mistake.
batch-has-completions = { $decided } enrolments of this batch are decided by the sessions as they are, so none can be added, deleted or given other times. Reopen those enrolments first, then decide them anew.
teacher-already-assigned = This resource person teaches the session already.
participant-of-batch = This resource person is enrolled in the batch as a participant. Choose somebody else, or withdraw the enrolment first.
teacher-not-assigned = This resource person does not teach the session.
resource-person-busy = The resource person teaches "{ $session }" at that time (from { $at }). Choose another time or somebody else.
sessions-clash-with-teaching = { $sessions ->
        [one] 1 session falls
       *[other] { $sessions } sessions fall
    } into the teaching hours of { $schools ->
        [one] 1 school
       *[other] { $schools } schools
    }; { $minutes ->
        [one] 1 minute
       *[other] { $minutes } minutes
    } of lessons would be missed. See the clashes, and move { $sessions ->
        [one] it
       *[other] them
    } after school or to a free day.
sessions-in-school-hours = { $sessions ->
        [one] 1 session falls
       *[other] { $sessions } sessions fall
    } into hours in which { $schools ->
        [one] 1 school
       *[other] { $schools } schools
    } of the region { $schools ->
        [one] teaches
       *[other] teach
    } ({ $percent } percent of them). Most participants would miss lessons: move the sessions after school or to a free day.
