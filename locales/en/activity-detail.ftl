noun-article = article
noun-coaching = coaching

# What is particular to an activity.
activity-takes-no-detail = What is particular to an activity of this kind is gathered from elsewhere and not given here.
activity-detail-closed = This can be changed only until the activity is reported; it is "{ $status }". Reopen its report first.
activity-has-detail = This activity already holds what is particular to its kind, so that the kind cannot be changed.
detail-of-other-kind = This does not belong to an activity of this kind. Leave it out, and give what does.
detail-missing = Give what is particular to an activity of this kind.
agenda-out-of-range = An agenda has { $min } to { $max } points.
presenters-out-of-range = Name { $min } to { $max } members who told of it.
presenter-listed-twice = This member is named already. Once is enough.
pupils-out-of-range = { $min } to { $max } pupils can have led it.

# Articles.
activity-not-article-sharing = No articles are shared at this activity. Choose another.
article-without-address = Give the web address or the DOI of the article.
article-not-yours = Only who shared an article, or an officer, can take it away.
articles-too-many = One activity holds at most { $max } articles.
url-not-https = This address must begin with https://.
doi-malformed = This DOI is not valid. It looks like 10.1234/example.
pins-full = At most { $max } articles are pinned. Unpin one first.

# Coaching.
activity-not-coaching = This activity is no coaching. Choose another.
coaching-not-yours = What was written down at a coaching belongs to the two alone.
coaching-of-oneself = Coach and coachee are two different persons.
coaching-pair-fixed = Coach and coachee are recorded already and cannot be changed.

# Words.
action-activity-describe = saying what is particular to an activity
action-article-read = seeing articles
action-article-share = sharing an article
action-article-remove = taking an article away
action-article-pin = pinning an article
action-article-unpin = unpinning an article
action-article-mark = marking an article as read
action-coaching-record = writing down a coaching
action-coaching-share = sharing a coaching
action-coaching-unshare = sharing a coaching no longer
