noun-comment = comment
noun-proposal = proposal

# Discussion.
comment-subject-ambiguous = A comment is about one thing. Name one, or none for the community itself.
comment-parent-is-reply = This comment is a reply itself. Reply to the comment that begins the thread.
mentions-too-many = A comment speaks to at most { $max } people by name.
comment-not-visible = This can be done only with a comment that is to be read; it is "{ $status }".
comment-own-restore = Somebody else decides whether your own hidden comment is shown again.
comment-not-hidden = This comment is not hidden; it is "{ $status }".
comment-withdrawn = This comment was taken back already.

# Proposals.
proposal-not-open = This can be done only while the proposal is open; it is "{ $status }".
proposal-not-voting = This can be done only while the proposal is voted on; it is "{ $status }".
proposal-removed = The moderator has taken this proposal away already.
proposal-outcome-binds = The vote has closed and enough members voted: what it came to binds. Record the decision.
proposal-not-anonymous = This proposal is not anonymous: it names its author.
voting-for-earlier-members = This vote is for those who were members when it was opened.
voting-closed = Voting has closed.
voting-still-open = Voting has not closed yet. Record the decision afterwards.
voting-period-out-of-range = Voting stays open for { $hours } hour at least and { $days } days at most.
quorum-out-of-range = Ask for { $min } to { $max } of a hundred members.

# Words.
action-comment-read = seeing discussions
action-comment-create = commenting
action-comment-update = changing a comment
action-comment-withdraw = taking a comment back
action-comment-react = reacting to a comment
action-comment-hide = hiding a comment
action-comment-restore = showing a hidden comment again
action-proposal-read = seeing proposals
action-proposal-create = proposing
action-proposal-withdraw = taking a proposal back
action-proposal-open-voting = putting a proposal to the vote
action-proposal-reopen = breaking a vote off
action-proposal-vote = voting
action-proposal-decide = recording a decision
action-proposal-remove = taking a proposal away
action-proposal-unseal = learning who wrote an anonymous proposal
