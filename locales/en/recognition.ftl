noun-recognition-scheme = edition of the criteria
noun-progress-note = note of progress
noun-award-round = yearly round
noun-award-entry = entry of a yearly round
noun-award-objection = objection

# What was counted, in words.
recognition-award-line = { $code ->
    [regularity] Regularity: in rhythm on { $actual } % of the days; { $required } % were asked ({ $before } % the year before).
    [breadth] Breadth: { $actual } kinds of activity; { $required } were asked ({ $before } the year before).
    [reuse] Used by others: taken up { $actual } times; { $required } were asked ({ $before } the year before).
   *[improvement] Improvement: { $actual } items with a better result; { $required } were asked ({ $before } the year before).
    } { $met ->
    [yes] Met.
   *[no] Not met.
    }
recognition-progress-line = { $code ->
    [regularity] Regularity: in rhythm on { $actual } % of the days; { $before } % the month before.
    [breadth] Breadth: { $actual } kinds of activity; { $before } the month before.
    [reuse] Used by others: taken up { $actual } times; { $before } the month before.
   *[improvement] Improvement: { $actual } items with a better result; { $before } the month before.
    }

# Criteria.
criteria-missing = Name at least one criterion.
criterion-twice = This criterion is named already.
criterion-least-out-of-range = What is asked of everybody lies between { $min } and { $max }.
criterion-growth-out-of-range = The growth lies between { $min } and { $max }.
criterion-ceiling-out-of-range = What is asked at most lies between { $min } and { $max }.
criterion-least-over-ceiling = What is asked of everybody is more than what is asked at most.
criteria-needed-out-of-range = Between { $min } and { $max } criteria must be met.
year-out-of-range = The year lies between { $min } and { $max }.
recognition-scheme-not-draft = Only a draft can be changed or published; this edition is "{ $status }". Write a new edition.
recognition-scheme-not-published = Only a published edition can be retired; this one is "{ $status }".
recognition-scheme-draft-exists = There is a draft already. Publish or change it first.
recognition-scheme-from-past = A later edition begins with a year after { $year }: nobody is held to what they could not know.

# Notes of progress.
progress-month-open = This month can be noted from { $until } on, when late reports are in.
progress-before-founding = The community was founded later, on { $foundedOn }.

# Rounds.
award-region-too-small = A round is of a regency or city, or of a province for the groups of the whole province.
award-year-open = The year { $year } is not over yet.
award-without-criteria = No criteria are in force for { $year }.
award-round-exists = There is a round of this region for { $year } already. Count it again instead.
award-round-not-computed = This can be done only before the round was announced; it is "{ $status }".
award-round-not-announced = This can be done only while the round is announced; it is "{ $status }".
award-contest-open = Communities may object until { $until }.
award-contest-over = One could object until { $until }.
award-objections-open = { $count ->
    [one] One objection is still to be decided.
   *[other] { $count } objections are still to be decided.
    }
award-objection-exists = Your community has objected to this announcement already.
award-objection-decided = This objection was decided already; it is "{ $status }".
award-own-decision = Whoever announced the round does not decide about objections to it. Somebody else does.

# Words.
action-recognition-scheme-read = seeing the criteria of recognition
action-recognition-scheme-create = drafting criteria of recognition
action-recognition-scheme-update = changing criteria of recognition
action-recognition-scheme-publish = publishing criteria of recognition
action-recognition-scheme-retire = retiring criteria of recognition
action-progress-note-read = seeing notes of progress
action-progress-note-make = making a note of progress
action-award-round-read = seeing yearly rounds
action-award-round-compute = counting the communities of a region
action-award-round-recompute = counting a round again
action-award-round-announce = announcing a round
action-award-round-retract = taking an announcement back
action-award-round-finalise = settling a round
action-award-entry-read = seeing who is recognised
action-award-objection-read = seeing objections
action-award-objection-raise = objecting for a community
action-award-objection-decide = deciding about an objection
status-recognition-scheme-draft = draft
status-recognition-scheme-published = published
status-recognition-scheme-retired = retired
status-award-round-computed = counted
status-award-round-announced = announced
status-award-round-final = final
status-award-objection-open = open
status-award-objection-upheld = upheld
status-award-objection-dismissed = dismissed
