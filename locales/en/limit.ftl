# Limits, and documents of pinned apps.
noun-client-document = registered document
noun-registered-app = app
action-client-document-read = looking at the documents registered for an app
action-client-document-register = registering a document for an app
action-client-document-delete = deleting a document registered for an app
client-document-registered = This app has exactly this document already.
client-documents-too-many = An app has at most { $max } registered documents. Delete those it no longer sends.
persisted-query-only = This app sends registered documents only, and this is none of them.
answer-too-large = The answer would be larger than { $limit } bytes. Ask for fewer rows (first) or fewer fields.
address-too-long = The address with its parameters is too long. Send what is long in the body of a request.
headers-too-large = The headers of the request are too many or too large.
