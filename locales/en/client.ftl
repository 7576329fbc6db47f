noun-oauth-client = app or system
noun-oauth-client-secret = secret of a system

# Redirect URIs.
redirect-uri-malformed = This address cannot be used: write the whole address in its usual form, without "#", without a user name, without "*", at most 512 bytes.
redirect-uri-not-allowed = Allowed are https with a host name, http on 127.0.0.1 or [::1], or a scheme of the app's own, its domain turned round (id.example.app:/callback).
redirect-uri-repeated = This address stands above already.
redirect-uris-too-many = At most { $max } redirect URIs.
redirect-uri-missing = An app that asks for codes needs at least one redirect URI.
redirect-uri-without-use = Without authorization_code no code is sent; remove the redirect URIs.

# Grants and scopes.
grant-types-missing = Name at least one grant type.
client-scopes-missing = Name at least one scope.
refresh-without-code = refresh_token only comes with authorization_code.
public-client-for-itself = A public app keeps no secret, so it cannot act for itself (client_credentials).
auth-method-not-of-kind = Public apps use none; systems use client_secret_basic or private_key_jwt.

# Keys.
jwks-malformed = This is no JWK Set (RFC 7517) of 1 to 10 keys; where there are several, each needs a kid.
jwks-private = There is a private key in here. Take it for lost: make a new one, and send its public key only.
jwks-key-not-supported = This key is not supported. Taken are ES256 (P-256), EdDSA (Ed25519), RS256 and PS256 (2048 to 4096 bits).
jwks-kid-repeated = Two keys have the same kid.
jwks-missing = private_key_jwt needs public keys.
jwks-without-use = Only private_key_jwt uses keys; remove them.

# States.
oauth-client-not-pending = This can only be done while it waits for a decision.
oauth-client-not-approved = This can only be done once it is approved.
oauth-client-not-suspended = This can only be done while it is suspended.
oauth-client-was-refused = This registration was refused; register a new one.

# Secrets.
oauth-client-has-no-secret = Only systems with client_secret_basic have secrets.
client-secrets-exhausted = { $max } secrets are good already. Withdraw one of them first.
client-secret-days-out-of-range = A secret is good for 1 to { $max } days.
client-secret-withdrawn = This secret was withdrawn already.

# Words.
action-oauth-client-read = seeing apps and systems
action-oauth-client-register = registering an app or a system
action-oauth-client-update = changing an app or a system
action-oauth-client-approve = approving an app or a system
action-oauth-client-refuse = refusing an app or a system
action-oauth-client-suspend = suspending an app or a system
action-oauth-client-resume = letting an app or a system in again
action-oauth-client-secret-create = making a secret for a system
action-oauth-client-secret-withdraw = withdrawing a secret of a system
