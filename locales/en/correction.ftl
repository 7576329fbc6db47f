noun-correction = correction
action-correction-read = seeing corrections
action-correction-request = asking for a correction
action-correction-accept = accepting a correction
action-correction-reject = rejecting a correction
action-correction-withdraw = taking a correction back

correction-empty = Say what is to be corrected: the fields that are wrong, or the rest in your own words.
corrections-too-many = { $most } of your corrections wait for an answer. Wait for it, or take one back.
correction-not-requested = This correction no longer waits for an answer; it is "{ $status }".
correction-own = Somebody else decides about what you asked for yourself.
