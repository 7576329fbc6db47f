# The rhythm of meetings: series, clashes, calendars.
noun-meeting-series = series of meetings
noun-calendar-feed = calendar address

action-meeting-series-create = planning regular meetings
action-meeting-series-update = changing regular meetings
action-meeting-series-end = ending regular meetings
action-activity-clashes = checking who could not come
action-calendar-feed-read = seeing one's own calendar addresses
action-calendar-feed-create = making a calendar address
action-calendar-feed-revoke = revoking a calendar address

status-meeting-series-active = active
status-meeting-series-ended = ended

local-time-malformed = Write the local date and time like 2026-07-11T09:00:00, without a time zone.
series-minutes-out-of-range = A meeting lasts { $min } to { $max } minutes.
rule-part-malformed = The part “{ $part }” of the rule cannot be read. A right one: FREQ=MONTHLY;BYDAY=2SA (the second Saturday of each month).
rule-part-unsupported = The part “{ $part }” of the rule is not used here. These are: FREQ, INTERVAL, BYDAY, BYMONTHDAY, BYMONTH, BYSETPOS, WKST, COUNT, UNTIL.
rule-part-repeated = The part “{ $part }” of the rule stands there twice. Write it once; commas part several values.
rule-too-often = Meetings are once a day at most: use DAILY, WEEKLY, MONTHLY or YEARLY.
rule-without-frequency = A rule needs FREQ: DAILY, WEEKLY, MONTHLY or YEARLY.
rule-until-not-utc = Write UNTIL in UTC with a Z at its end, for example UNTIL=20270630T165959Z.
rule-count-and-until = Use COUNT or UNTIL, not both.
rule-interval-out-of-range = INTERVAL is { $min } to { $max }.
rule-count-out-of-range = COUNT is { $min } to { $max }.
rule-contradicts-itself = The parts of this rule do not go together, or a value is out of range. “2SA”, for example, is only for MONTHLY and YEARLY.
rule-never-fires = This rule never comes to a meeting, like 30 February.
rule-ends-before-start = This rule ends before the first meeting.
series-start-not-in-rule = The first meeting is on no day that the rule has. The next one: { $first }.
series-start-past = The first meeting must be later than now ({ $now }).
series-end-past = The first day without meetings is today ({ $today }) at the earliest.
pauses-too-many = At most { $max } pauses.
pause-reversed = The last day of the pause is before its first one.
pause-too-long = A pause lasts { $max } days at most.
meeting-series-ended = These regular meetings have ended.
meeting-series-too-many = A community has at most { $max } active series of meetings. End one of them first.
meeting-left-the-rule = The schedule of the regular meetings changed.
meetings-clash-with-teaching = { $meetings } meetings fall into hours in which members teach (up to { $members } members at once), from { $dates } on. Choose hours after school, another day or the learning day; if it must be so, say why in despiteClashes.
meetings-overlap-others = On { $meetings } meetings members have something else: another community's meeting or a training (up to { $members } members at once).
calendar-needs-membership = You are not a member of this community.
calendar-feed-revoked = This calendar address was revoked already.
calendar-feeds-too-many = At most { $max } calendar addresses that work. Revoke those you no longer use.
calendar-of-all = My activities in Sanggar
series-end-too-far = Meetings stand in the plan until { $until }. End it by a day until then.
series-start-too-far = The first meeting is on { $last } at the latest.
