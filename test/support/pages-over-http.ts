import { LEVELS } from '../../src/demo/identity-provider/logins.js';

const MOST_REDIRECTS = 15;

/** Somebody at the pages without a browser: follows redirects and keeps cookies, which ports of one host share. */
export class PagesOverHttp {
  readonly #cookies = new Map<string, string>();

  constructor(private readonly pagesUrl: string) {}

  /** At the simulated identity provider. @returns the page that it leads to */
  async signIn(login: string, back: string): Promise<Response> {
    const asked = await this.get(`/sign-in?then=${encodeURIComponent(back)}`);
    const form = new URLSearchParams({ login, level: LEVELS[0].id, decision: 'enter' });
    const page = await this.ask(asked.url, { method: 'POST', body: form });
    // It shows first by which text its visitor is looked up.
    return (await page.clone().text()).includes('data-lookup') ? this.get(back) : page;
  }

  get(path: string): Promise<Response> {
    return this.ask(`${this.pagesUrl}${path}`);
  }

  private async ask(first: string, options: Pick<RequestInit, 'method' | 'body'> = {}): Promise<Response> {
    let [url, sent] = [first, options];
    for (let n = 0; n < MOST_REDIRECTS; n += 1) {
      const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const answer = await fetch(url, { ...sent, redirect: 'manual', headers: { cookie } });
      for (const line of answer.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        this.#cookies.set(name, value);
      }
      const next = answer.headers.get('location');
      if (next === null) return answer;
      await answer.body?.cancel();
      [url, sent] = [new URL(next, url).href, {}];
    }
    throw new Error('redirected without an end');
  }
}
