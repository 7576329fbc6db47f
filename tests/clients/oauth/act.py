"""A system of the ministry, written with Authlib: client credentials with `private_key_jwt` (RFC 7523). Told on stdin
what there is."""

import json
import sys

from authlib.integrations.requests_client import OAuth2Session
from authlib.oauth2.rfc7523 import PrivateKeyJWT
from joserfc.jwk import ECKey


stage = json.load(sys.stdin)
metadata = OAuth2Session().get(
    stage["issuer"] + "/.well-known/oauth-authorization-server", withhold_token=True
).json()
assert metadata["issuer"] == stage["issuer"], metadata
session = OAuth2Session(
    stage["clientId"],
    ECKey.import_key(stage["privateKey"]),
    token_endpoint_auth_method="private_key_jwt",
    revocation_endpoint_auth_method="private_key_jwt",
    scope="certificates_read",
)
# The issuer is the audience at every endpoint (RFC 7523, section 3).
method = PrivateKeyJWT(stage["issuer"], headers={"kid": stage["kid"]}, alg="ES256")
session.register_client_auth_method(method)
token = session.fetch_token(metadata["token_endpoint"], grant_type="client_credentials")
assert token["token_type"].lower() == "bearer", token
assert token["scope"] == "certificates_read" and "refresh_token" not in token, token
me = session.get(stage["issuer"] + "/v1/me")
assert me.status_code == 200, me.text
worth = session.introspect_token(metadata["introspection_endpoint"], token=token["access_token"]).json()
assert worth["active"] and worth["sub"] == stage["clientId"], worth
gone = session.revoke_token(metadata["revocation_endpoint"], token=token["access_token"])
assert gone.status_code == 200, gone.text
worth = session.introspect_token(metadata["introspection_endpoint"], token=token["access_token"]).json()
assert worth == {"active": False}, worth
print("ACTED")
