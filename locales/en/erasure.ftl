# Being erased.
noun-erasure = request to be erased
action-erasure-read = seeing requests to be erased
action-erasure-preview = seeing what an erasure would do
action-erasure-request = asking for an erasure
action-erasure-withdraw = taking back a request to be erased
action-erasure-approve = erasing somebody
action-erasure-reject = turning down a request to be erased
person-erased = This person was erased. Only the id is left, and nothing can be added to it.
erasure-open = Somebody has already asked that this person be erased. Wait for the answer, or take that request back first.
erasure-own = Whoever asked, and whoever is to be erased, does not decide. Somebody else of the ministry does.
erasure-done = The erasure was done already.
erasure-rejected = This request was turned down. It can be made anew.
erasure-withdrawn = This request was taken back. It can be made anew.
erasure-hindered = { $count ->
    [one] Something must be ended first.
   *[other] { $count } things must be ended first.
}
erasure-enrolled = Withdraw or end the enrolment in the batch “{ $what }” ({ $id }) first.
erasure-teaches = Take the person off the session “{ $what }” ({ $id }) first: others count on them.
erasure-in-office = Pass on the chair of the community “{ $what }” ({ $id }) first.
erasure-previewed = Nothing was changed: this was only looked at.
erasure-keeps-certificate = Certificates stay worth what they are, without name, school and employment, so that the copy that the person keeps can still be checked.
erasure-keeps-enrolment = That somebody took part stays without a name, for places, figures and what others earned are counted from it.
erasure-keeps-event = What happened stays in the sealed order of events, with ids and without names, so that edits are found.
