// What every chapter stands on: a client of urql for each person, the clock of the service, and what was heard.
import { createInterface } from "node:readline";
import { Client, fetchExchange, subscriptionExchange } from "@urql/core";
import { createClient } from "graphql-ws";
import WebSocket from "ws";

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();

/** The next line that the test says. */
export async function said() {
  const { value, done } = await lines.next();
  if (done) throw new Error("the test has gone");
  return value;
}

/** Tells the test something: a word and what goes with it. */
const tell = (word, what) => process.stdout.write(`${word} ${what}\n`);

/** A fact that the test looks at. */
export const fact = (name, value) => tell("FACT", JSON.stringify([name, value]));

/** Sets the service's clock; comes back once it is set. */
export async function at(instant) {
  tell("AT", instant);
  if ((await said()) !== "OK") throw new Error(`the clock was not set to ${instant}`);
}

/** That something holds. */
export function must(holds, what) {
  if (!holds) throw new Error(`should hold: ${what}`);
}

/** The people, as clients that hold their tokens. */
export function people({ url, socket, tokens }) {
  return Object.fromEntries(Object.entries(tokens).map(([name, token]) => [name, person(name, url, socket, token)]));
}

function person(name, url, socket, token) {
  const authorization = `Bearer ${token}`;
  const live = createClient({
    url: socket, webSocketImpl: WebSocket, connectionParams: { authorization }, retryAttempts: 0,
  });
  const client = new Client({
    url,
    fetchOptions: { headers: { authorization, "accept-language": "en" } },
    exchanges: [
      subscriptionExchange({
        forwardSubscription: (request) => ({
          subscribe: (sink) => ({ unsubscribe: live.subscribe({ ...request, query: request.query ?? "" }, sink) }),
        }),
      }),
      fetchExchange,
    ],
  });
  const run = (document, variables = {}) => {
    const kind = /^\s*mutation\b/.test(document) ? "mutation" : "query";
    return client[kind](document, variables).toPromise();
  };
  return {
    name,
    /** The answer; a refusal ends the story. */
    async ask(document, variables) {
      const { data, error } = await run(document, variables);
      if (error) throw new Error(`${name}: ${error.message} ${JSON.stringify(codes(error))}\n${document}`);
      return Object.values(data)[0];
    },
    /** The codes of a refusal that must come: that of the whole, then those of single fields. */
    async refused(document, variables) {
      const { error } = await run(document, variables);
      must(error, `${name} is refused:\n${document}`);
      return codes(error);
    },
    /** Follows along; answers what was heard so far, and how to end. */
    listen(document, variables) {
      const heard = [];
      const waiting = [];
      const { unsubscribe } = client.subscription(document, variables).subscribe(({ data, error }) => {
        heard.push(error ?? Object.values(data)[0]);
        waiting.splice(0).forEach((look) => look());
      });
      const until = async (holds, what) => {
        const deadline = Date.now() + 20000;
        while (!heard.some(holds)) {
          must(Date.now() < deadline, `${name} hears of ${what}`);
          await Promise.race([new Promise((done) => waiting.push(done)), new Promise((done) => setTimeout(done, 500))]);
        }
      };
      return { heard, until, end: async () => { unsubscribe(); await live.dispose(); } };
    },
  };
}

const codes = (error) => error.graphQLErrors.flatMap(({ extensions }) => [
  extensions.code, ...(extensions.errors ?? []).map(({ code }) => code),
]);
