# Credit for what communities do.
noun-credit-scheme = credit scheme

credit-code-malformed = A code has 2 to 20 letters, digits and dashes, like PKB-KKG.
credit-code-twice = Another component has this code. Give each its own.
credit-components-missing = Say what must be done: at least one component.
credit-components-too-many = A scheme has at most { $max } components. Join some of them.
credit-components-overlap = An activity could count towards this component and towards { $other }. Give them other kinds, or one to meetings in a room and one to meetings over a network.
credit-kinds-missing = Name at least one kind of activity that counts.
credit-kind-twice = A kind of activity is named twice.
credit-jp-one-way = Say either the JP of each activity or the JP of all together, not both.
credit-exceeds-program = The components add up to { $total } JP, but the program has { $ceiling }. Lower them, or name another program.
credit-too-much-to-weigh = With a monthly cap, the components ask for too many activities. Ask for fewer, or leave the cap out.
cycle-days-out-of-range = A cycle has { $min } to { $max } days.
monthly-cap-out-of-range = The cap of a month lies between { $min } and { $max } JP.
monthly-cap-below-activity = One activity alone counts for { $least } JP. The cap of a month must be that high at least.
credit-scheme-code-taken = The program has a scheme with this code. To write its next edition, name the latest one in "supersedes".
credit-scheme-not-latest = This is not the latest edition of a scheme with this code and program. Name the latest one.
credit-scheme-draft-exists = Its latest edition is still a draft. Change that one, or publish it first.
credit-scheme-not-draft = Only a draft can be changed or published; this one is "{ $status }". Write a new edition instead.
credit-scheme-not-published = Only a published scheme can be retired; this one is "{ $status }".
credit-effective-from-past = A later edition never changes the rules for those who began by the earlier one. Let it begin on { $today } or later.
program-has-credit-schemes = Communities earn credit for this program, so its curriculum is fixed. Archive it and write a new program.

credit-scheme-not-in-force = No edition of { $code } was in force on { $day }. Choose a cycle that began while one was.
credit-cycle-to-come = A cycle begins on { $today } at the latest.
credit-cycle-too-full = The community has more than { $max } activities in this cycle. Ask whoever runs the registry for help.
credit-already-claimed = This cycle has its certificate: number { $number }, id { $id }. Its activities do not count again, also after a revocation.
credit-component-unmet = "{ $title }" takes { $required } activities; { $actual ->
        [one] 1 counts
       *[other] { $actual } count
    } so far. The statement tells why others do not.

verify-way-community = Work with colleagues in a community; not a training
verify-community = Community

status-credit-scheme-draft = draft
status-credit-scheme-published = published
status-credit-scheme-retired = retired

action-credit-scheme-read = seeing credit schemes
action-credit-scheme-create = writing a credit scheme
action-credit-scheme-update = changing a credit scheme
action-credit-scheme-publish = publishing a credit scheme
action-credit-scheme-retire = retiring a credit scheme
action-credit-read = seeing somebody's credit
action-credit-claim = claiming a certificate for work in a community

least-minutes-out-of-range = The least length of an activity lies between { $min } and { $max } minutes.
community-kind-twice = A kind of community is named twice.
credit-scheme-for-others = The scheme { $code } is not for communities of this kind. Look for one that is.
