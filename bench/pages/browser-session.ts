/** What a browser keeps between requests, and how it signs in at the simulator; nothing is drawn. */
export class BrowserSession {
  readonly #cookies = new Map<string, Map<string, string>>();

  constructor(readonly url: string) {}

  async signIn(login: string): Promise<void> {
    const page = await this.follow(`${this.url}/sign-in?then=/`);
    const action = /action="(\/interaction\/[^"]+)"/.exec(await page.answer.text())?.[1];
    if (action === undefined) throw new Error('the simulator shows no form');
    const form = { login, level: 'http://eidas.europa.eu/LoA/substantial', decision: 'enter' };
    const { url } = await this.follow(new URL(action, page.url).href, new URLSearchParams(form));
    if (!url.startsWith(this.url)) throw new Error('signing in did not lead back');
  }

  /** Milliseconds until the first byte of the answer, and its text. */
  async timed(path: string, form?: Readonly<Record<string, string>>): Promise<Readonly<{ ms: number; html: string }>> {
    const began = performance.now();
    const answer = await this.send(`${this.url}${path}`, form && new URLSearchParams(form));
    const ms = performance.now() - began;
    const html = await answer.text();
    if (answer.status !== 200) throw new Error(`${path} answers ${answer.status}`);
    return { ms, html };
  }

  private async follow(to: string, body?: URLSearchParams): Promise<Readonly<{ url: string; answer: Response }>> {
    let [url, sent] = [to, body];
    for (let hops = 0; hops < 12; hops++) {
      const answer = await this.send(url, sent);
      const location = answer.headers.get('location');
      if (location === null) return { url, answer };
      await answer.arrayBuffer();
      [url, sent] = [new URL(location, url).href, undefined];
    }
    throw new Error('too many redirects');
  }

  private async send(url: string, body?: URLSearchParams): Promise<Response> {
    const { origin } = new URL(url);
    const jar = this.#cookies.get(origin) ?? new Map<string, string>();
    this.#cookies.set(origin, jar);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { ...(cookie !== '' && { cookie }), ...(body && { origin }) };
    const answer = await fetch(url, { redirect: 'manual', headers, ...(body && { method: 'POST', body }) });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '') jar.delete(name);
      else jar.set(name, value);
    }
    return answer;
  }
}
