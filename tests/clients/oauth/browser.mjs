// A browser without scripts, as small as it can be: it keeps cookies, follows redirects within the service, and fills in
// and sends the forms it is shown. What leads elsewhere is handed back: that is the app's.

const decode = (text) =>
  text.replaceAll('&quot;', '"').replaceAll('&#34;', '"').replaceAll('&#39;', "'").replaceAll('&#x27;', "'")
    .replaceAll('&lt;', '<').replaceAll('&#60;', '<').replaceAll('&gt;', '>').replaceAll('&#62;', '>')
    .replaceAll('&amp;', '&').replaceAll('&#38;', '&');

const attributes = (tag) =>
  Object.fromEntries([...tag.matchAll(/([a-z-]+)(?:="([^"]*)")?/g)].slice(1).map(([, name, value]) => [name, decode(value ?? '')]));

/** The forms of a page: where each goes, its fields, its buttons. */
export const formsOf = (html) =>
  [...html.matchAll(/(<form[^>]*>)([\s\S]*?)<\/form>/g)].map(([, head, inside]) => ({
    ...attributes(head),
    fields: [...inside.matchAll(/<input[^>]*>/g)].map(([tag]) => attributes(tag)),
    buttons: [...inside.matchAll(/<button[^>]*>/g)].map(([tag]) => attributes(tag)),
  }));

export class Browser {
  #cookies = new Map();

  constructor(origin) {
    this.origin = origin;
  }

  async #fetch(url, init = {}) {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(url, { ...init, redirect: 'manual', headers: { ...init.headers, cookie, 'accept-language': 'en' } });
    for (const line of answer.headers.getSetCookie()) {
      const [pair] = line.split(';');
      const [name, value] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)];
      if (value) this.#cookies.set(name, value);
      else this.#cookies.delete(name);
    }
    return answer;
  }

  /** Goes to an address; answers the page, or the address elsewhere to which it leads. */
  async go(url, init) {
    let [answer, at] = [await this.#fetch(url, init), new URL(url)];
    for (let steps = 0; steps < 10; steps += 1) {
      if (answer.status >= 300 && answer.status < 400) {
        at = new URL(answer.headers.get('location'), at);
        if (at.origin !== this.origin) return { elsewhere: at };
      } else {
        const html = await answer.text();
        const refresh = html.match(/<meta http-equiv="refresh" content="0;url=([^"]*)"/);
        if (!refresh) return { at, status: answer.status, html };
        at = new URL(decode(refresh[1]), at);
        if (at.origin !== this.origin) return { elsewhere: at };
      }
      answer = await this.#fetch(at);
    }
    throw new Error('too many redirects');
  }

  /** Sends a form of a page, its fields as `fill` says, by the button that `press` names. */
  async send(page, form, fill, press = {}) {
    const body = new URLSearchParams();
    for (const field of form.fields) {
      if (field.name) body.append(field.name, fill[field.name] ?? field.value ?? '');
    }
    for (const [name, value] of Object.entries(press)) body.append(name, value);
    const url = new URL(form.action ?? page.at, page.at);
    return this.go(url, { method: 'POST', body });
  }
}
