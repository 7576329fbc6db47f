unauthenticated = Say who you are: send a token in the Authorization header.
forbidden = Your role does not allow { $action }.
insufficient-scope = You may do this, but the app you use may not do it for you: it needs the permission { $scope }. Sign in through the app again and agree to it.
too-many-requests = That was too much in a short time. Wait { $seconds } seconds and try again.
not-found = There is no { $noun } with this id, or it is outside your reach.
invalid =
    { $count ->
        [one] 1 field is not right; "errors" names it.
       *[other] { $count } fields are not right; "errors" lists all of them.
    }
stale-version = Somebody changed this meanwhile. Read it again and repeat your change on the new version.
precondition-required = Send the version you read in If-Match (GraphQL: version), so that nobody's change is overwritten.
too-large = The body is larger than this operation takes ({ $limit } bytes).
unsupported-media-type = This operation does not read a body of this media type.
outcome-unknown = The database did not say whether your change was made: it may have been. Ask again with the same Idempotency-Key and you learn what came of it; without a key, read first.
unavailable = The service is busy. Nothing was done; try again in a moment.
internal = Something went wrong on our side. Nothing was done. Tell us the request id.
already-exists = Something with the same unique value exists already.
reference-missing = Something this refers to does not exist.
limit-exceeded = A limit would be exceeded.
text-not-storable = The text holds a character that cannot be stored (U+0000).
limit-out-of-range = Ask for 1 to { $max } rows.
page-two-directions = Walk one way: first with after, or last with before.
cursor-malformed = This cursor did not come from us. Start without one, or use a cursor exactly as it was given.
cursor-of-another-list = This cursor belongs to another list.
idempotency-key-reused = This Idempotency-Key was used for a different request. Use a new key for a new request.
idempotency-in-progress = The same request is still running. Ask again in a moment with the same key.
idempotency-key-malformed = An Idempotency-Key is 1 to 255 visible ASCII characters.
json-malformed = The body is not valid JSON: look at line { $line }, column { $column }.
field-unknown = There is no such field here, or your role may not write it.
field-missing = This field is required.
field-type = 
    { $expected ->
        [object] Give a JSON object: names and values in curly brackets.
        [list] Give a JSON list in square brackets.
        [text] Give a text in quotation marks.
        [whole_number] Give a whole number, without quotation marks or a decimal point.
        [number] Give a number, without quotation marks.
        [boolean] Give true or false, without quotation marks.
       *[other] This value cannot be read. Compare it with the example in the document.
    }
parameter-malformed = The parameters cannot be read. Compare them with the API document.
parameter-unknown = There is no such parameter here.
parameter-repeated = This parameter is given twice. Give it once.
id-malformed = This is not an id. Use ids exactly as they were given.
instant-malformed = Write an instant as RFC 3339 with its zone, such as 2026-03-20T08:00:00+07:00.
date-malformed = Write a date as YYYY-MM-DD, such as 2026-03-20.
text-empty = Say something here; it must not be empty.
text-too-long = At most { $max } characters.
number-out-of-range = Between { $min } and { $max }.
date-out-of-range = Give a date of the years { $first } to { $last }.
reference-unknown = What this names does not exist, or is outside your reach.
method-not-allowed = This address does not take this method.
address-unknown = Nothing is served at this address. /openapi.json lists the addresses.
noun-resource = resource
body-incomplete = The body ended before it was complete. Send it again.
request-timeout = The request took too long to arrive and was given up. Nothing was done; send it again.
etag-malformed = If-Match takes the ETag exactly as it was given, with its quotes: "v3".
global-id-malformed = This is not an id of ours. Use ids exactly as they were given.
id-of-another-kind = This is the id of a { $given }, but a { $wanted } is wanted here.
request-malformed = The request could not be read.
