noun-comment = comment
noun-proposal = proposal
noun-appeal = appeal
noun-report = report

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
proposal-seal-lost = The key with which this author was sealed is gone. Nobody can learn the name any more.
voting-for-earlier-members = This vote is for those who were members when it was opened.
voting-closed = Voting has closed.
voting-still-open = Voting has not closed yet. Record the decision afterwards.
voting-period-out-of-range = Voting stays open for { $hours } hour at least and { $days } days at most.
quorum-out-of-range = Ask for { $min } to { $max } of a hundred members.

# Moderation.
comment-hidden-by-moderator = The moderator of the region hid this comment, or confirmed that it is hidden. Only a moderator shows it again.
proposal-not-removed = This can be done only with a proposal that was taken away; it is "{ $status }".
appeal-too-late = An appeal is made within { $days } days.
appeal-exists = There was an appeal against this already. What it came to is final.
appeal-own-decision = Another moderator decides this: you did what the appeal is against, or it is about your own.
appeal-not-open = This appeal was decided already or has lapsed; it is "{ $status }".
report-own = What is your own you neither report nor judge.
report-not-open = This report was settled or dismissed already; it is "{ $status }".
reports-too-many = You have { $max } open reports in this community. Wait until some of them were looked at.

# Words.
action-comment-read = seeing discussions
action-comment-create = commenting
action-comment-update = changing a comment
action-comment-withdraw = taking a comment back
action-comment-react = reacting to a comment
action-comment-hide = hiding a comment
action-comment-restore = showing a hidden comment again
action-comment-history = seeing how a comment was moderated
action-comment-appeal = appealing against the hiding of a comment
action-comment-report = reporting a comment
action-proposal-read = seeing proposals
action-proposal-create = proposing
action-proposal-withdraw = taking a proposal back
action-proposal-open-voting = putting a proposal to the vote
action-proposal-reopen = breaking a vote off
action-proposal-vote = voting
action-proposal-decide = recording a decision
action-proposal-remove = taking a proposal away
action-proposal-unseal = learning who wrote an anonymous proposal
action-proposal-history = seeing how a proposal was moderated
action-proposal-appeal = appealing against the removal of a proposal
action-proposal-report = reporting a proposal
action-appeal-read = seeing appeals
action-appeal-decide = deciding an appeal
action-report-read = seeing reports
action-report-dismiss = dismissing a report
