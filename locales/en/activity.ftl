noun-activity = activity
noun-activity-cost = cost of an activity

# Activities.
activity-outside-plan = An activity is planned between { $first } and { $last }. Correct its time.
activity-not-begun = The activity begins on { $starts }. Do this from then on.
activity-not-planned = This can be done only while the activity is planned; it is "{ $status }".
activity-not-held = This can be done only after the activity was held and before its report is complete; it is "{ $status }".
activity-not-reported = Only a complete report can be opened again; the activity is "{ $status }".
activity-credited = The activity counts towards its members' credit already, so it stays as it was reported.
activity-has-attendance = Somebody is recorded as present at this time, so it cannot be moved. Cancel the activity and plan another, or take the attendance back first.
activity-without-attendance = Nobody is recorded as present. Record attendance first.

# Attendance of activities.
activity-takes-no-attendance = Attendance is taken until the report is complete; the activity is "{ $status }". If it was reported, ask an officer to open the report again.
activity-attendance-empty = The list is empty. Name at least one person.
activity-attendance-too-long = The list has more than { $max } lines. Split it.
person-listed-twice = This person is listed twice. Keep one line.
person-not-member = This person is no active member of the community. Admit them first.
check-in-code-wrong = This is no code of this activity. Scan or type the code that is shown in the room again.
check-in-too-late = Codes were accepted until { $until }. Ask an officer to record that you were there.
confirmation-too-late = One could say so oneself until { $until }. Ask an officer to record that you were there.

# Costs.
activity-cost-out-of-range = A cost lies between { $min } and { $max } rupiah, without decimals.
activity-costs-too-many = An activity has at most { $max } costs. Put some of them together.
savings-period-reversed = The end of the period must lie after its start.
savings-period-too-long = A period has at most { $years } years. Ask several times.
savings-rule = { $hours } person-hours of reported activities, times what a person-hour of a direct training costs ({ $rate } rupiah, rounded down), less the recorded costs of the activities. Savings are worked out from minutes and rounded down to whole rupiah.
savings-incomparable = No direct training finished in the last three years to compare with.

action-activity-read = reading a community's activities
action-activity-create = planning an activity
action-activity-update = changing an activity
action-activity-cancel = cancelling an activity
action-activity-hold = noting that an activity is held
action-activity-report = reporting an activity
action-activity-reopen = opening the report of an activity again
action-activity-check-in-code = showing check-in codes
action-activity-check-in = checking in by a code
action-activity-confirm = confirming that one was there
action-activity-attendance-read = reading the attendance of an activity
action-activity-attendance-record = recording the attendance of an activity
action-activity-cost-create = recording what an activity cost
action-activity-cost-delete = deleting a cost of an activity

status-activity-planned = planned
status-activity-cancelled = cancelled
status-activity-held = held
status-activity-reported = reported
status-activity-credited = credited
attendance-elsewhere = Overlaps another activity at which this person was: nobody is at two places at once.
activity-not-over = It is not over yet; its end is { $ends }.

# Limits that were learnt.
activity-before-community = The community was founded on { $founded }. An activity of it takes place on that day or later.
activity-double-booked = The community already meets at this time: "{ $title }". Choose another time, or cancel that one first.
person-not-member-then = This person was no member of the community on the day of the activity.
attendance-removed = An officer took you off the list of this activity. If you were there, ask an officer to record it.
