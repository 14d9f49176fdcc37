import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { launchBrowser, SUBSTANTIAL, Visitor } from '../support/e2e-browser.js';
import { type Consumer, consumer, form } from '../support/e2e-consumer.js';
import { queryNode } from '../support/e2e-log.js';
import { mother, newborn } from '../support/e2e-people.js';
import { e2eSystem } from '../support/e2e-system.js';

const { pagesUrl } = e2eSystem();
const RESULT = '/data/result';
const MARKUP = '<img src=x onerror=alert(1)><script>alert(2)</script>';

let browser: Browser;
let familienkasse: Consumer;
/** Entry by which data about the mother were released. */
let released: number;
const visitors: Visitor[] = [];
beforeAll(async () => {
  browser = await launchBrowser();
  familienkasse = await consumer('familienkasse-online');
  const applicants = [mother, newborn];
  const decisions = await familienkasse.decideAndGrant({ service: 'kindergeld', applicants });
  const { exchange_id } = await familienkasse.prefill(form('kindergeld', decisions, applicants));
  const [row] = await queryNode<{ index: string }>(
    `select index from log.record where exchange_ref = $1 and event = 'retrieval.closed' and evidence_type = 'meldedaten'`,
    [exchange_id],
  );
  released = Number(row?.index);
});
afterEach(async () => {
  for (const { context } of visitors.splice(0)) await context.close();
});
afterAll(async () => {
  familienkasse.close();
  await browser.close();
});

async function visitor(options: Parameters<typeof Visitor.at>[1] = {}): Promise<Visitor> {
  const made = await Visitor.at(browser, options);
  visitors.push(made);
  return made;
}

async function signedIn(path: string, login = 'mother', options: Parameters<typeof Visitor.at>[1] = {}) {
  const made = await visitor(options);
  await made.signIn(login, { back: path });
  // Before the page is there, the browser still shows that of the simulator.
  await made.page.waitForURL(({ origin, pathname }) => origin === pagesUrl && !pathname.startsWith('/sign-in'));
  return made;
}

/** Half a second is little for a busy machine, and for a connection that is not open yet: then the person asks again. */
async function untilAllAnswer({ page }: Visitor): Promise<void> {
  for (let left = 20; left > 0; left -= 1) {
    await page.waitForSelector('.counters');
    if ((await page.textContent('.counters [data-state="unreachable"] strong')) === '0') return;
    await page.reload();
  }
}

describe('who used my data (OZG § 10)', () => {
  it('is answered by the log and by each register, in sentences, with how far back each reaches', async () => {
    const person = await signedIn('/data');
    await person.inspect('data-choose');
    await person.page.click('main button[type=submit]');
    await untilAllAnswer(person);
    await person.inspect('data-result');
    const text = (await person.page.textContent('main')) ?? '';
    expect(text).toContain('„Onlinedienst Kindergeld (Demo)“ hat am');
    expect(text).toContain('EStG § 67');
    const lines = (await person.page.textContent('[data-lines="melderegister-bremen"]')) ?? '';
    expect(lines).toContain('Familienname');
    expect(await person.page.textContent('[data-register="handelsregister"]')).toContain('nicht gefragt');
    expect(await person.page.locator('.counters [data-state="entries"] strong').textContent()).not.toBe('0');
    expect(await person.page.locator('svg.timeline circle').count()).toBeGreaterThan(1);
    // Nothing of a person in an address.
    expect(person.page.url()).not.toMatch(/Mustermann|1992/);
  });

  it('leads from a line of a register to a letter to whom it is about, by keyboard alone and with nothing in the address', async () => {
    const person = await signedIn('/data');
    const { page, keyboard } = person;
    await keyboard.press('main button[type=submit]');
    await untilAllAnswer(person);
    expect(await page.locator('.entries > li:not(:has(a[href$="#ask"], button[name=line]))').count()).toBe(0);
    await keyboard.press('[data-lines="melderegister-bremen"] button[name=line][value$=" familienkasse-online"]');
    await page.waitForSelector('.letter');
    expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe('/data/question');
    expect(await page.textContent('main')).toMatch(/An: Onlinedienst Kindergeld.*datenschutz@familienkasse\.example/s);
    expect(await page.textContent('main')).toContain('datenschutz@meldebehoerde.example');
    await person.inspect('data-question');
  });

  it.each(['de-simple', 'en'])('can be read in %s', async (language) => {
    const person = await signedIn(`/language/${language}?then=${RESULT}`);
    await person.page.waitForSelector('.counters');
    await person.inspect(`data-result-${language}`);
    const others = [
      '/data',
      '/decisions',
      `/data/entry/${released}`,
      `/check/${released}`,
      '/account',
      '/nothing-here',
    ];
    for (const path of others) await person.page.goto(path);
    expect(person.complaints).toEqual([]);
  });

  it('holds in the dark, at 320 pixels, without a script and with the keyboard alone', async () => {
    const dark = await signedIn(RESULT, 'mother', { colorScheme: 'dark' });
    await dark.inspect('data-result-dark');
    const narrow = await signedIn(RESULT, 'mother', { viewport: { width: 320, height: 640 }, javaScriptEnabled: true });
    await narrow.expectReflow();
    await narrow.inspect('data-result-320');
    const { page, keyboard } = await signedIn('/data', 'mother');
    await keyboard.press('main button[type=submit]');
    await page.waitForSelector('.counters');
    await keyboard.press('main details summary');
    expect(await page.locator('main details').first().getAttribute('open')).not.toBeNull();
  });

  it('asks the registers that were chosen, and no other', async () => {
    const person = await signedIn(`${RESULT}?register=zfzr`);
    await untilAllAnswer(person);
    const { page } = person;
    expect(await page.textContent('[data-register="zfzr"]')).toContain('geantwortet');
    expect(await page.textContent('[data-register="melderegister-bremen"]')).toContain('nicht ausgewählt');
  });

  it('can be taken along as JSON and as a tagged PDF', async () => {
    const { page } = await signedIn('/data');
    const json = await page.request.get('/data/export/json');
    const document = await json.json();
    expect(document.log.entries[0].sentence).toMatch(/ am \d+\. /);
    expect(document.registers.length).toBeGreaterThan(5);
    expect(document.log.is_complete).toBe(true);
    expect(json.headers()['content-disposition']).toContain('einmal-meine-daten.json');
    const pdf = (await (await page.request.get('/data/export/pdf')).body()).toString('latin1');
    expect(pdf.slice(0, 5)).toBe('%PDF-');
    expect(pdf).toMatch(/\/Marked true/);
    expect(pdf).toMatch(/\/StructTreeRoot/);
  });

  it('is shown at the level high alone, to citizens alone, and to nobody whom the directory does not find', async () => {
    const low = await visitor();
    await low.signIn('mother', { back: RESULT, level: SUBSTANTIAL });
    expect(await low.page.getAttribute('[data-reason]', 'data-reason')).toBe('ASSURANCE_TOO_LOW');
    await low.inspect('data-assurance');
    const officer = await signedIn(RESULT, 'officer-1');
    expect(await officer.page.getAttribute('[data-reason]', 'data-reason')).toBe('ROLE_NOT_ALLOWED');
    for (const login of ['blocked', 'markup']) {
      const { page, complaints } = await signedIn(RESULT, login);
      expect(await page.getAttribute('[data-reason]', 'data-reason')).toBe('NOT_AVAILABLE_TO_YOU');
      expect(complaints).toEqual([]);
    }
  });
});

describe('one entry', () => {
  it('is opened with the names of the data; what is wrong is reported to the register by keyboard alone, markup and all', async () => {
    const person = await signedIn(`/data/entry/${released}`);
    const { page, keyboard } = person;
    await person.inspect('data-entry');
    expect(await page.textContent('main')).toContain('Familienname');
    await keyboard.pick('#attribute', 'family_name');
    await keyboard.write('#remark', MARKUP);
    await keyboard.press('main button[type=submit]');
    await page.waitForURL('**/data/report/*');
    expect(await page.textContent('main')).toContain('angekommen, noch nicht bearbeitet');
    await person.inspect('data-report');
    // In the list it leads to its state again.
    const index = page.url().split('/').at(-1);
    await page.goto(`/data/entry/${index}`);
    expect(await page.locator(`a[href="/data/report/${index}"]`).count()).toBe(1);
  });

  it('of another person is not there, in whichever way it is asked for (IDOR)', async () => {
    const { page } = await signedIn('/data', 'father');
    for (const path of [`/data/entry/${released}`, `/data/report/${released}`, `/check/${released}`]) {
      await page.goto(path);
      expect(await page.getAttribute('[data-reason]', 'data-reason')).toBe('NOT_FOUND');
    }
    const csrf = (await page.getAttribute('input[name=csrf]', 'value')) ?? '';
    const forms = [
      [`/data/entry/${released}/report`, { attribute: 'family_name', remark: 'falsch', report: randomUUID() }],
      [`/decisions/${released}/withdraw`, {}],
    ] as const;
    for (const [path, fields] of forms) {
      const answer = await page.request.post(path, { form: { ...fields, csrf }, headers: { origin: pagesUrl } });
      expect(answer.status()).toBe(404);
    }
  });

  it('takes a report of 1000 characters, a line break being one of them, and gives a longer one back as it was written', async () => {
    const { page } = await signedIn(`/data/entry/${released}`);
    const lines = 'falsch\n'.repeat(142);
    await page.$eval('#remark', (it) => it.removeAttribute('maxlength'));
    await page.fill('#remark', `${lines}sechs und`);
    await page.click('main button[type=submit]');
    expect(await page.textContent('[role=alert]')).toContain('1 bis 1000');
    expect(await page.inputValue('#remark')).toBe(`${lines}sechs und`);
    await page.fill('#remark', `${lines}sechs.`);
    await page.click('main button[type=submit]');
    await page.waitForURL('**/data/report/*');
  });

  it('takes no report from another site, without the token, or without a text', async () => {
    const { page } = await signedIn(`/data/entry/${released}`);
    const csrf = (await page.getAttribute('main input[name=csrf]', 'value')) ?? '';
    const path = `/data/entry/${released}/report`;
    const fields = { attribute: 'family_name', remark: 'falsch', report: randomUUID() };
    const send = (given: Record<string, string>, origin = pagesUrl) =>
      page.request.post(path, { form: given, headers: { origin }, maxRedirects: 0 }).then((it) => it.status());
    expect(await send({ ...fields, csrf }, 'https://elsewhere.example')).toBe(403);
    expect(await send(fields)).toBe(403);
    expect(await send({ ...fields, csrf, remark: ' ' })).toBe(400);
    expect(await send({ ...fields, csrf })).toBe(303);
  });
});

describe('my decisions (GDPR Art. 7 (3))', () => {
  it('are listed by state, and one is withdrawn by one press of a key, with effect at once', async () => {
    const person = await signedIn('/decisions');
    const { page, keyboard } = person;
    await person.inspect('decisions');
    const used = page.locator('[data-state="used"] li', { hasText: 'Onlinedienst Kindergeld (Demo): Meldedaten' });
    const before = await used.count();
    expect(before).toBeGreaterThan(0);
    await keyboard.press(`form[action="${await used.first().locator('form').getAttribute('action')}"] button`);
    await page.waitForURL('**/decisions?withdrawn*');
    await person.inspect('decisions-withdrawn');
    expect(await used.count()).toBe(before - 1);
    const narrow = await signedIn('/decisions', 'mother', { viewport: { width: 320, height: 640 } });
    await narrow.expectReflow();
  });
});

describe('check for yourself', () => {
  it('is done by the browser, which says in one sentence what it means, and remembers how far the log got', async () => {
    const person = await signedIn(`/check/${released}`);
    const { page } = person;
    await page.waitForSelector('#check[data-state]');
    await person.inspect('check');
    expect(await page.getAttribute('#check', 'data-state')).toBe('holds');
    expect(await page.textContent('#check-steps')).toContain('Das ist der erste Stand');
    await page.reload();
    await page.waitForSelector('#check[data-state]');
    expect(await page.getAttribute('#check', 'data-state')).toBe('holds');
    expect(await page.textContent('#check-steps')).toContain('enthält es noch immer');
  });

  it('does not hold for an entry of which a word was changed on the way', async () => {
    const person = await signedIn('/data');
    const { page } = person;
    await page.route(`**/check/${released}`, async (route) => {
      const answer = await route.fetch();
      const body = (await answer.text()).replaceAll('familienkasse-online', 'familienkasse-onlinE');
      await route.fulfill({ response: answer, body });
    });
    await page.goto(`/check/${released}`);
    await page.waitForSelector('#check[data-state]');
    expect(await page.getAttribute('#check', 'data-state')).toBe('fails');
    expect(await page.textContent('#check-steps')).toContain('Der Eintrag steht so nicht im Protokoll.');
    await person.inspect('check-fails');
  });

  it('is not said to fail where the session ended before the tab could ask how the log went on', async () => {
    const { page } = await signedIn(`/check/${released}`);
    await page.waitForSelector('#check[data-state]');
    await page.evaluate(`sessionStorage.setItem('einmal-checkpoint', '{"size":1,"root":"${'A'.repeat(43)}="}')`);
    await page.route('**/check/consistency/**', (route) => route.fulfill({ status: 403, body: '' }));
    await page.reload();
    await page.waitForSelector('#check[data-state]');
    expect(await page.getAttribute('#check', 'data-state')).toBe('unknown');
    await page.unroute('**/check/consistency/**');
    await page.reload();
    await page.waitForSelector('#check[data-state]');
    // What this tab says that it saw was never the beginning of this log.
    expect(await page.getAttribute('#check', 'data-state')).toBe('fails');
  });

  it('can be done elsewhere where there is no script: the page says how', async () => {
    const { page } = await signedIn(`/check/${released}`, 'mother', { javaScriptEnabled: false });
    expect(await page.locator('#check').isVisible()).toBe(false);
    expect(await page.textContent('pre')).toMatch(/npx einmal verify receipt einmal-beleg-\d+\.json --vkey/);
    const receipt = await (await page.request.get(`/check/${released}/receipt`)).json();
    expect(receipt.receipt.log_index).toBe(released);
  });
});
