noun-observation = peer observation
noun-observation-instrument = observation instrument

# Instruments.
instrument-code-malformed = A code has 1 to 20 letters, digits and dashes, like BERTANYA.
instrument-code-taken = This code is used already. Choose another, or write a new edition of it.
instrument-code-differs = A new edition has the code of the one before. Leave this out.
instrument-of-other-owner = A new edition belongs to whoever owns the one before. Leave this out.
instrument-superseded = This edition has a successor already. Name the latest one.
instrument-not-draft = This can be done only while the instrument is a draft; it is "{ $status }". Write a new edition.
instrument-retired = This instrument is retired already.
instrument-not-published = Choose a published instrument; this one is "{ $status }".
criteria-out-of-range = An instrument has { $min } to { $max } criteria.
criterion-listed-twice = Another criterion of this instrument has this code.
levels-out-of-range = A criterion has { $min } to { $max } levels.

# Observations.
child-identity-suspected = This text holds what looks like a pupil's number, an identity number, a telephone number or an e-mail address. Take it out: no child's identity is kept here.
observation-of-oneself = The observer and the observed teacher are two different people.
observation-of-others = You can only propose an observation that you take part in, as the observer or as the observed teacher.
colleague-not-a-member = This person is not an active member of this community.
activity-not-peer-observation = This activity is not a peer observation. Choose another, or leave it out.
observation-already-agreed = This plan was agreed to already.
observation-own-proposal = Your own proposal is agreed to by your colleague.
observation-not-agreed = Your colleague has not agreed to this plan yet.
observation-not-planned = This can be done only while the observation is planned; it is "{ $status }".
observation-not-recordable = Nothing more can be recorded; the observation is "{ $status }".
observation-takes-no-feedback = Feedback is given once the observation was recorded and before the teacher reflects; it is "{ $status }".
observation-takes-no-reflection = A reflection is written once feedback was given and until the observation is closed; it is "{ $status }".
observation-not-reflected = An observation is closed once the observed teacher reflected; it is "{ $status }".
observation-not-shareable = An observation can be shared once feedback was given; it is "{ $status }".
observer-only = This is done by the observer.
observed-only = This is done by the observed teacher.
lesson-to-come = The lesson begins only on { $starts }. Record it from then on.
ratings-without-instrument = Without an instrument there are no levels to choose. Write only what was seen.
ratings-too-many = This instrument has { $max } criteria.
criterion-rated-twice = This criterion has a level already. Keep one.
criterion-unknown = This criterion is not in the instrument that was agreed on.
level-unknown = This level is not in the instrument that was agreed on.
reflection-of-other = Only the author of a reflection can share it.
reflection-missing = There is no reflection to share yet.

# Words.
action-observation-instrument-read = seeing observation instruments
action-observation-instrument-create = writing an observation instrument
action-observation-instrument-update = changing an observation instrument
action-observation-instrument-publish = publishing an observation instrument
action-observation-instrument-retire = retiring an observation instrument
action-observation-read = seeing peer observations
action-observation-plan = proposing a peer observation
action-observation-accept = agreeing to a peer observation
action-observation-update = changing the plan of a peer observation
action-observation-cancel = calling a peer observation off
action-observation-record = recording a peer observation
action-observation-give-feedback = giving feedback on a peer observation
action-observation-reflect = reflecting on a peer observation
action-observation-close = closing a peer observation
action-observation-share = sharing a peer observation
action-observation-unshare = taking the sharing of a peer observation back
status-instrument-draft = a draft
status-instrument-published = published
status-instrument-retired = retired
status-observation-planned = planned
status-observation-observed = observed
status-observation-feedback-given = with feedback
status-observation-reflected = reflected on
status-observation-closed = closed
status-observation-cancelled = called off
