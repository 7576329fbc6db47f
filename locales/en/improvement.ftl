noun-improvement = improvement item

# Measures.
measure-malformed = Write the value in digits, with two decimals at most, for example 62.5.
measure-out-of-range = This value is { $max } at most.
measure-not-whole = This unit takes whole numbers.
target-not-better = The target must be better than the value before. Check which way the measure should go.
measured-in-future = The day of the measurement is still to come.
measured-before-baseline = This measurement is older than the first one ({ $baseline }).

# Items.
due-in-past = This day is past. Choose today or a later day.
improvement-not-yet-agreed = Owner and due day are set when the strategy is agreed.
improvement-not-identified = This can be done only before a strategy was agreed; the item is "{ $status }".
improvement-not-agreed = This can be done only once a strategy was agreed and before it is tried; the item is "{ $status }".
improvement-not-in-progress = This can be done only while it is tried; the item is "{ $status }".
improvement-not-reviewed = This can be done only once it was reviewed; the item is "{ $status }".
improvement-reviewed = This item was reviewed or given up already; it is "{ $status }".
improvement-over = This item is closed or given up; it is "{ $status }".
improvement-has-no-way-back = There is no step back from "{ $status }".
improvement-links-full = An item takes at most { $max } links of one kind.
link-not-one = Name exactly one: an activity or an artefact.
link-not-published = This artefact was not published.

# Words.
action-improvement-read = seeing improvement items
action-improvement-create = writing down an improvement item
action-improvement-update = changing an improvement item
action-improvement-agree = agreeing on a strategy
action-improvement-start = starting an improvement
action-improvement-note = noting the progress of an improvement
action-improvement-review = reviewing an improvement
action-improvement-close = closing an improvement item
action-improvement-reopen = taking an improvement item one step back
action-improvement-drop = giving an improvement item up
action-improvement-link = putting an activity or artefact to an improvement item
action-improvement-unlink = taking an activity or artefact from an improvement item
status-improvement-identified = identified
status-improvement-strategy-agreed = strategy agreed
status-improvement-in-progress = in progress
status-improvement-reviewed = reviewed
status-improvement-closed = closed
status-improvement-dropped = given up
