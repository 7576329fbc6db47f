// A mobile app, written with `openid-client`: code with PKCE and DPoP-less bearer tokens, then the same with DPoP; refresh,
// revocation; and an API that verifies tokens with `jose` through the JWKS. Told on stdin what there is.

import assert from 'node:assert/strict';
import { text } from 'node:stream/consumers';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import * as client from 'openid-client';
import { Browser, formsOf } from './browser.mjs';

const stage = JSON.parse(await text(process.stdin));
const issuer = new URL(stage.issuer);
const insecure = { algorithm: 'oauth2', execute: [client.allowInsecureRequests] };
const config = await client.discovery(issuer, stage.clientId, undefined, client.None(), insecure);
const metadata = config.serverMetadata();
assert.equal(metadata.issuer, stage.issuer);
assert.deepEqual(metadata.code_challenge_methods_supported, ['S256']);
const browser = new Browser(issuer.origin);

/** Signs in and agrees, like a person in front of it; answers the address to which the app is led back. */
async function authorized(parameters) {
  let page = await browser.go(client.buildAuthorizationUrl(config, parameters));
  for (let steps = 0; steps < 4 && !page.elsewhere; steps += 1) {
    assert.equal(page.status, 200, page.html);
    const forms = formsOf(page.html);
    const signIn = forms.find((form) => form.fields.some((field) => field.type === 'password'));
    const consent = forms.find((form) => form.buttons.some((button) => button.value === 'approve'));
    if (consent) {
      assert.match(page.html, /See your certificates/);
      page = await browser.send(page, consent, {}, { decision: 'approve' });
    } else {
      assert.ok(signIn, `no form to go on with: ${page.html}`);
      const [login] = signIn.fields.filter((field) => field.type !== 'password' && field.type !== 'hidden');
      const [password] = signIn.fields.filter((field) => field.type === 'password');
      page = await browser.send(page, signIn, { [login.name]: stage.login, [password.name]: stage.password });
    }
  }
  assert.ok(page.elsewhere, 'the app was not led back');
  return page.elsewhere;
}

async function tokens(DPoP) {
  const [pkceCodeVerifier, expectedState] = [client.randomPKCECodeVerifier(), client.randomState()];
  const address = await authorized({
    redirect_uri: stage.redirectUri,
    scope: 'certificates_read access_read access_manage',
    code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
    state: expectedState,
  });
  assert.equal(address.searchParams.get('iss'), stage.issuer);
  return client.authorizationCodeGrant(config, address, { pkceCodeVerifier, expectedState }, undefined, { DPoP });
}

const me = async (token, options) => client.fetchProtectedResource(config, token, new URL('/v1/me', issuer), 'GET', undefined, undefined, options);

const first = await tokens();
assert.equal(first.token_type, 'bearer');
assert.equal(first.expires_in, 600);
assert.equal((await me(first.access_token)).status, 200);

const keys = createRemoteJWKSet(new URL(metadata.jwks_uri));
const verified = await jwtVerify(first.access_token, keys, {
  issuer: stage.issuer, audience: stage.issuer, typ: 'at+jwt', algorithms: ['ES256'], requiredClaims: ['client_id', 'jti', 'sub', 'exp', 'iat', 'scope'],
});
assert.equal(verified.payload.sub, stage.subject);
assert.equal(verified.payload.client_id, stage.clientId);

const second = await client.refreshTokenGrant(config, first.refresh_token);
assert.notEqual(second.refresh_token, first.refresh_token);
const retried = await client.refreshTokenGrant(config, first.refresh_token);
assert.equal(retried.refresh_token, second.refresh_token, 'a lost answer can be asked for again');
const narrow = await client.refreshTokenGrant(config, second.refresh_token, { scope: 'certificates_read' });
assert.equal(narrow.scope, 'certificates_read');
assert.equal((await me(narrow.access_token)).status, 200);

await client.tokenRevocation(config, narrow.refresh_token);
await assert.rejects(client.refreshTokenGrant(config, narrow.refresh_token), { error: 'invalid_grant' });
await assert.rejects(me(first.access_token), 'what came of the family ended with it');

const DPoP = client.getDPoPHandle(config, await client.randomDPoPKeyPair('ES256'));
const bound = await tokens(DPoP);
assert.equal(bound.token_type, 'dpop');
assert.equal((await me(bound.access_token, { DPoP })).status, 200);
await assert.rejects(me(bound.access_token), 'a bound token is no bearer token');
const renewed = await client.refreshTokenGrant(config, bound.refresh_token, undefined, { DPoP });
assert.equal(renewed.token_type, 'dpop');
await assert.rejects(client.refreshTokenGrant(config, renewed.refresh_token), { error: 'invalid_grant' });
console.log('SIGNED IN');
