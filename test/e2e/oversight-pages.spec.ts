import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { parsePolicy } from '#libs/tlog/policy.js';
import { withClient } from '../../src/demo/database.js';
import { cast } from '../../src/demo/people/cast.js';
import { germanTime } from '../../src/pages/oversight/german-time.js';
import { REASONS } from '../../src/platform/reasons.js';
import { checkSample } from '../../src/verify/check-sample.js';
import { parseDocument } from '../../src/verify/document.js';
import { launchBrowser, SUBSTANTIAL, Visitor } from '../support/e2e-browser.js';
import { consumer, form } from '../support/e2e-consumer.js';
import { logEntriesSince, logSize, queryNode } from '../support/e2e-log.js';
import { appendAsNode } from '../support/e2e-log-writer.js';
import { mother, newborn } from '../support/e2e-people.js';
import { e2eSystem, named } from '../support/e2e-system.js';
import { eventually } from '../support/eventually.js';

const { pagesUrl, policyFile, authority } = e2eSystem();
const MARKUP = '<img src=x onerror=alert(3)>';
/** And as many registers. */
const AUTHORITIES = 25;
const REASON = 'Beschwerde über einen Abruf';
const PACKAGE = 'form[action="/oversight/person/package"] button';

let browser: Browser;
let exchange: string;
let incident: number;
let anomaly: number;
const visitors: Visitor[] = [];

beforeAll(async () => {
  browser = await launchBrowser();
  exchange = await prefilled();
  const between = { from: '2026-11-23T12:00:00.000Z', to: '2026-11-23T13:00:00.000Z' };
  [incident = 0, anomaly = 0] = await appendAsNode([
    {
      caller: { event: 'incident', consumer: 'familienkasse-online', register: MARKUP, reason: 'EVIDENCE_INVALID' },
      protected: { cause: 'SURPLUS_FIELDS', attributes: [MARKUP] },
      ...{ persons: [], effects: [] },
    },
    {
      caller: { event: 'anomaly', consumer: 'node' },
      protected: {
        anomaly: {
          kind: 'VOLUME',
          consumer: 'elterngeld-online',
          ...between,
          observed: 80,
          expected: 10,
          threshold: 50,
        },
      },
      ...{ persons: [], effects: [] },
    },
  ]);
});
afterEach(async () => {
  for (const { context } of visitors.splice(0)) await context.close();
});
afterAll(() => browser.close());

/** Retrievals that ended. @returns id of their exchange */
async function prefilled(): Promise<string> {
  const familienkasse = await consumer('familienkasse-online');
  try {
    const applicants = [mother, newborn];
    const decisions = await familienkasse.decideAndGrant({ service: 'kindergeld', applicants });
    const { exchange_id = '' } = await familienkasse.prefill(form('kindergeld', decisions, applicants));
    return exchange_id;
  } finally {
    familienkasse.close();
  }
}

async function signedIn(
  login: string,
  back = '/oversight',
  options: Parameters<typeof Visitor.at>[1] = {},
): Promise<Visitor> {
  const made = await Visitor.at(browser, options);
  visitors.push(made);
  await made.signIn(login, { level: SUBSTANTIAL, back });
  return made;
}
/** As an input of date and time takes it, to the second. */
const moment = (fromNowMs: number) => germanTime(Date.now() + fromNowMs);
/** What the browser saves where this is followed, by keyboard. */
async function saved({ page, keyboard }: Visitor, link: string): Promise<Buffer> {
  const [download] = await Promise.all([page.waitForEvent('download'), keyboard.press(link)]);
  return Buffer.concat(await (await download.createReadStream()).toArray());
}
/** Fills the form of a search and sends it. */
async function searchFor(
  { page }: Readonly<{ page: Page }>,
  person: Readonly<{ familyName: string; givenNames: string; birthDate: string }>,
  fileReference: string,
): Promise<void> {
  await page.fill('input[name=family_name]', person.familyName);
  await page.fill('input[name=given_names]', person.givenNames);
  await page.fill('input[name=birth_date]', person.birthDate);
  await page.fill('input[name=reason]', REASON);
  await page.fill('input[name=file_reference]', fileReference);
  await page.click('form[action="/oversight/person"] button');
}

/**
 * Counts as the log of many has them after a year: beside the log, so that it stays as it is. While the next entry to be counted
 * is locked nobody forgets counts that no record stands behind.
 */
async function withFullLog(work: () => Promise<void>): Promise<void> {
  await withClient(named(e2eSystem().databases, 'node'), async (client) => {
    await client.query('begin');
    await client.query('select next_index from app.activity_head for update');
    await queryNode(
      `insert into app.activity_hour (hour, event, consumer, register, outcome, reason, entries)
       select date_trunc('hour', now() - make_interval(days => day), 'UTC'), 'retrieval.closed', 'behoerde-' || a,
         'register-' || (a + day) % $1, 'released', '', 1 + a from generate_series(1, $1) a, generate_series(0, 364) day
       union all
       select date_trunc('hour', now() - make_interval(hours => hour), 'UTC'), 'retrieval.closed', 'behoerde-' || a,
         'register-' || b, 'released', '', a + b from generate_series(1, $1) a, generate_series(0, $1 - 1) b, generate_series(1, 23) hour
       union all
       select date_trunc('hour', now(), 'UTC'), 'refused', 'behoerde-1', '', 'refused', reason, 1 from unnest($2::text[]) reason`,
      [AUTHORITIES, Object.keys(REASONS)],
    );
    try {
      await work();
    } finally {
      await queryNode(`delete from app.activity_hour where consumer like 'behoerde-%'`);
      await client.query('rollback');
    }
  });
}
const reasonOf = ({ page }: Visitor) => page.getAttribute('[data-reason]', 'data-reason');
const eventsSince = async (from: number) => (await logEntriesSince(from)).map(({ event }) => event);

/** Every page of oversight. */
const PAGES = [
  '/oversight?period=day',
  '/oversight/entries',
  '/oversight/person',
  '/oversight/incidents',
  '/oversight/anomalies',
  '/oversight/samples',
  '/oversight/reads',
  '/oversight/permissions',
  '/oversight/processing',
  '/oversight/explanation',
  '/oversight/impact',
];
const EACH_WITH_ONE = (index: number) => [`/oversight/entries/${index}`, `/oversight/cases/${index}`];

describe('an officer at the pages (IDNrG § 9)', () => {
  it('sees figures of all, as pictures with their values behind, and the look is on record', async () => {
    const officer = await signedIn('officer-1');
    const from = await logSize();
    await officer.page.goto('/oversight?period=day');
    expect(await eventsSince(from)).toEqual(['oversight.read']);
    expect(await officer.page.locator('svg[role=img]').count()).toBeGreaterThan(2);
    expect(await officer.page.textContent('main')).toMatch(/Familienkasse.*Weitergegeben/s);
    const [, cosigned = ''] = /(\S{43}=)\s*</.exec(await officer.page.content()) ?? [];
    expect(Buffer.from(cosigned, 'base64')).toHaveLength(32);
    expect(await officer.page.textContent('main')).toMatch(
      /Prüfpunkte.*der neueste mit Unterschrift einer Mehrheit.*Melderegister.*Noch nicht verglichene.*Löschfristen.*24 Monate/s,
    );
    await officer.page.locator('.chart summary').first().click();
    expect(await officer.page.locator('.chart td').first().isVisible()).toBe(true);
    await officer.inspect('oversight-overview');
  });

  it('reads the command that verifies the log, and it does (C2SP tlog-policy)', async () => {
    const officer = await signedIn('officer-1');
    await officer.page.goto('/oversight?period=day');
    const [npx, name, ...printed] = ((await officer.page.textContent('pre.command')) ?? '').trim().split(' ');
    expect([npx, name]).toEqual(['npx', 'einmal']);
    const args = printed.map((it) => (it === 'trust-policy.txt' ? policyFile : it));
    expect(args).toContain(policyFile);
    const { status, stdout } = spawnSync(
      process.execPath,
      ['dist/src/cli/main.js', ...args, '--ca', join(authority, 'ca.pem')],
      { encoding: 'utf8' },
    );
    expect(stdout).toContain('✔ the witnesses that the policy asks for cosigned it: ');
    expect(status).toBe(0);
  });

  it.each(['day', 'week', 'month', 'year'])(
    'sees a full log of one %s within the budget of pages: the largest, and the others as one (ADR 138, ADR 152)',
    async (period) => {
      const officer = await signedIn('officer-1');
      const { page } = officer;
      await withFullLog(async () => {
        await page.goto(`/oversight?period=${period}`);
        await officer.inspect(`oversight-full-${period}`);
        expect(await page.locator('.chart').count()).toBe(12);
        expect(await page.locator('main').textContent()).toMatch(/Alle übrigen zusammen \(\d+\)/);
        await page.setViewportSize({ width: 320, height: 640 });
        await officer.expectReflow();
        const lines = (await saved(officer, 'a[href^="/oversight/figures.csv"]')).toString('utf8').trim().split('\r\n');
        expect(lines[0]).toBe('kind;name;register;time;count;released');
        const flows = lines.filter((it) => it.startsWith('flow;behoerde-'));
        expect(flows.length).toBe(AUTHORITIES * AUTHORITIES);
      });
    },
  );

  it.each(['de-simple', 'en'])('can be read in %s on every page, at 320 pixels too (WCAG 1.4.10)', async (language) => {
    const officer = await signedIn('officer-1', '/oversight', { viewport: { width: 320, height: 640 } });
    const { page } = officer;
    await page.goto(`/language/${language}?then=/oversight`);
    for (const path of [...PAGES, ...EACH_WITH_ONE(incident)]) {
      await page.goto(path);
      await officer.expectReflow();
      // Of an identifier of the log or the catalogue no reader is told.
      const text = (await page.textContent('main')) ?? '';
      expect(text.match(/\b(retrieval|exchange|trigger|identity)\.[a-z]+\b/g) ?? []).toEqual([]);
    }
    expect(officer.complaints).toEqual([]);
  });

  it('finds entries by filters that stand in the address, keeps a filter, and takes them away as a table, by keyboard alone (WCAG 2.1.1)', async () => {
    const officer = await signedIn('officer-1', '/oversight/entries');
    const { page, keyboard } = officer;
    const since = moment(-86_400_000).slice(0, 16);
    await keyboard.date('input[name=from]', since);
    await keyboard.pick('select[name=consumer]', 'familienkasse-online');
    await keyboard.pick('select[name=event]', 'retrieval.closed');
    await keyboard.write('input[name=exchange_id]', exchange);
    await keyboard.press('form[action="/oversight/entries"] button');
    await page.waitForURL(`**exchange_id=${exchange}`);
    const rows = await page.locator('tbody tr').count();
    expect(rows).toBeGreaterThan(2);
    await officer.inspect('oversight-entries');
    await keyboard.press('summary');
    await keyboard.write('input[name=name]', 'Kindergeld & mehr');
    await keyboard.press('form[action="/oversight/filters"] button');
    await page.waitForSelector('summary:has-text("(1)")');
    await page.goto('/oversight/entries');
    await keyboard.press('summary');
    await keyboard.press('details a');
    await page.waitForURL(`**exchange_id=${exchange}*`);
    expect(await page.locator('tbody tr').count()).toBe(rows);
    expect(await page.inputValue('input[name=from]')).toBe(since);
    const lines = (await saved(officer, 'a[href*="entries.csv"]')).toString('utf8').trim().split('\r\n');
    expect(lines[0]).toMatch(/^log_index;log_time;event/);
    expect(lines.length).toBe(rows + 1);
    const other = await signedIn('officer-2', '/oversight/entries');
    expect(await other.page.textContent('main')).not.toContain('Kindergeld & mehr');
  });

  it('opens an entry with its proof, and its protected half with a reason only', async () => {
    const officer = await signedIn('officer-1', `/oversight/entries?exchange_id=${exchange}&event=retrieval.closed`);
    const { page } = officer;
    await page.click('tbody a');
    expect(await page.textContent('main')).toMatch(/steht unverändert im Protokoll.*c2sp\.org\/tlog-proof/s);
    expect(await page.textContent('main')).not.toContain('"idnr"');
    await page.click('form[action^="/oversight/entries/"] button');
    // The browser asks for a reason first.
    expect(await page.textContent('main')).not.toContain('"idnr"');
    await page.fill('input[name=reason]', REASON);
    await page.fill('input[name=file_reference]', 'DSB-2026-17');
    const from = await logSize();
    await page.click('form[action^="/oversight/entries/"] button');
    await page.waitForSelector('text=Geschützte Hälfte');
    expect(await eventsSince(from)).toEqual(['oversight.read']);
    expect(page.url()).not.toContain('Beschwerde');
    expect(await page.textContent('main')).toMatch(
      /erlaubt.*Protokoll des Registers.*Entscheidung, auf der er beruht/s,
    );
    await officer.inspect('oversight-entry-opened');
    const answer = await page.goto('/oversight/entries/999999999');
    expect(answer?.status()).toBe(403);
  });

  it('searches a person with a reason and answers their request (GDPR Art. 15), by keyboard alone; no address names anybody', async () => {
    const officer = await signedIn('officer-1', '/oversight/person');
    const { page, keyboard } = officer;
    await officer.inspect('oversight-person');
    const search = async (familyName: string) => {
      await page.goto('/oversight/person');
      await keyboard.write('input[name=family_name]', familyName);
      await keyboard.write('input[name=given_names]', cast.mother.givenNames);
      // As it is written in Germany.
      await keyboard.write('input[name=birth_date]', cast.mother.birthDate.split('-').toReversed().join('.'));
      await keyboard.write('input[name=reason]', REASON);
      await keyboard.write('input[name=file_reference]', 'DSB-2026-18');
      await keyboard.press('form[action="/oversight/person"] button');
    };
    await search(cast.mother.familyName);
    await page.waitForSelector('tbody tr');
    expect(page.url()).toBe(`${pagesUrl}/oversight/person`);
    await officer.inspect('oversight-person-found');
    const given = JSON.parse((await saved(officer, PACKAGE)).toString('utf8'));
    expect(given).toMatchObject({ file_reference: 'DSB-2026-18' });
    expect(given.entries.length).toBeGreaterThan(3);
    expect(JSON.stringify(given)).not.toContain(cast.mother.familyName);
    expect(given).toMatchObject({ rights: expect.any(Array), retention: expect.any(Array) });
    expect(given.recipients).toContainEqual(expect.objectContaining({ id: 'familienkasse-online', received: true }));
    const pdf = (await saved(officer, 'form[action="/oversight/person/package/pdf"] button')).toString('latin1');
    expect(pdf).toMatch(/^%PDF-1\.7[\s\S]*\/Marked true/);
  });

  it('finds nobody and is seen searching all the same: other officers read why and under which reference, not whom', async () => {
    const officer = await signedIn('officer-1', '/oversight/person');
    await searchFor(officer, { ...cast.mother, familyName: 'Nirgendwerth' }, 'DSB-2026-21');
    expect(await reasonOf(officer)).toBe('NOT_AVAILABLE_TO_YOU');
    const other = await signedIn('officer-2', '/oversight/reads');
    const row = other.page.locator('tbody tr', { hasText: 'DSB-2026-21' });
    expect(await row.count()).toBe(1);
    expect(await row.textContent()).toMatch(/Datenschutz.*Suche nach einer Person.*Beschwerde/s);
    expect(await other.page.textContent('main')).not.toContain('Nirgendwerth');
  });

  it('searches two persons in two tabs, and each tab goes on with its own; a form of no open search is refused', async () => {
    const first = await signedIn('officer-1', '/oversight/person');
    await searchFor(first, cast.mother, 'DSB-2026-22');
    await first.page.waitForSelector(PACKAGE);
    const rowsIn = async (page: Page) => await page.locator('tbody tr').allTextContents();
    const second = await first.context.newPage();
    await second.goto('/oversight/person');
    await searchFor({ page: second }, cast.widow, 'DSB-2026-23');
    await second.waitForSelector(PACKAGE);
    expect(await rowsIn(second)).not.toEqual(await rowsIn(first.page));
    const packageIn = async (page: Page) => {
      const [download] = await Promise.all([page.waitForEvent('download'), page.click(PACKAGE)]);
      return JSON.parse(Buffer.concat(await (await download.createReadStream()).toArray()).toString('utf8'));
    };
    const indices = (given: { entries: { log_index: number }[] }) => given.entries.map((it) => it.log_index);
    const [mothers, others] = [await packageIn(first.page), await packageIn(second)];
    expect([mothers.file_reference, others.file_reference]).toEqual(['DSB-2026-22', 'DSB-2026-23']);
    const shown = (await first.page.locator('tbody td:first-child').allTextContents()).map(Number);
    expect(indices(mothers)).toEqual(expect.arrayContaining(shown));
    expect(indices(others)).not.toEqual(expect.arrayContaining(shown));
    await first.page.$$eval('input[name=search]', (all) => {
      for (const field of all) field.setAttribute('value', 'another');
    });
    await first.page.click(PACKAGE);
    expect(await reasonOf(first)).toBe('SEARCH_ENDED');
  });

  it('keeps a search from the person by a norm and until a day; their own answer leaves it out (BDSG § 34 Abs. 1 Nr. 1)', async () => {
    const officer = await signedIn('officer-2', '/oversight/person');
    const { page, keyboard } = officer;
    const fill = async (norm: number, until: string) => {
      await page.goto('/oversight/person');
      for (const [name, value] of [
        ['family_name', cast.father.familyName],
        ['given_names', cast.father.givenNames],
        ['birth_date', cast.father.birthDate],
        ['reason', REASON],
        ['file_reference', 'DSB-2026-20'],
        ['until', until],
      ] as const)
        await page.fill(`input[name=${name}]`, value);
      await page.selectOption('select[name=norm]', { index: norm });
    };
    const day = (inDays: number) => new Date(Date.now() + inDays * 86_400_000).toISOString().slice(0, 10);
    for (const [norm, until] of [
      [0, day(30)],
      [1, ''],
      [1, day(-1)],
      [1, day(400)],
    ] as const) {
      await fill(norm, until);
      // The browser keeps from sending what is too late; nobody needs one.
      await page.$eval('form[action="/oversight/person"]', (form) => form.setAttribute('novalidate', ''));
      await page.click('form[action="/oversight/person"] button');
      expect(await reasonOf(officer)).toBe('REQUEST_NOT_VALID');
    }
    await fill(1, '');
    await keyboard.date('input[name=until]', day(30));
    await keyboard.press('form[action="/oversight/person"] button');
    await page.waitForSelector('form[action="/oversight/person/package"]');
    expect(await page.textContent('main')).toContain('Davon weiß die Person noch nichts');
    await officer.inspect('oversight-person-told-later');
    const { entries } = JSON.parse((await saved(officer, PACKAGE)).toString('utf8'));
    expect(entries.filter((it: { purpose: string }) => it.purpose === 'datenschutzkontrolle')).toEqual([]);
  });

  it('reports an incident within its term and dismisses an anomaly with a reason, by keyboard alone; markup of a register stays text (XSS)', async () => {
    const officer = await signedIn('officer-1', '/oversight/incidents');
    const { page, keyboard } = officer;
    expect(await page.textContent('main')).toMatch(/Register lieferte mehr als erlaubt.*noch 7\d Stunden/s);
    expect(await page.textContent('main')).toContain(MARKUP);
    await officer.inspect('oversight-incidents');
    await keyboard.press(`a[href="/oversight/cases/${incident}"]`);
    await page.waitForURL('**/oversight/cases/*');
    const step = async (state: string, note: string) => {
      await keyboard.pick('select[name=state]', state);
      await keyboard.write('input[name=note]', note);
    };
    const record = async (note: string) => {
      await keyboard.press('form[action^="/oversight/cases/"] button');
      await page.waitForSelector(`td:has-text("${note}")`);
      // Whoever sent something begins at the top of what came of it.
      await keyboard.expectAt('body');
    };
    await step('reported', 'Gemeldet unter BfDI-77/2026');
    await record('Gemeldet unter BfDI-77/2026');
    await step('in_progress', 'Angaben nachgereicht');
    await keyboard.press('form summary');
    await keyboard.write('input[name=records]', '0');
    await keyboard.write('input[name=consequences]', 'Ein Ort wurde gesehen');
    await keyboard.write('input[name=measures]', 'Register benachrichtigt');
    await officer.inspect('oversight-case');
    await record('Angaben nachgereicht');
    expect(await page.inputValue('input[name=consequences]')).toBe('Ein Ort wurde gesehen');
    // A nought is stated, and what is not is none.
    expect(await page.inputValue('input[name=records]')).toBe('0');
    expect(await page.inputValue('input[name=persons]')).toBe('');
    const pdf = (await saved(officer, 'a[href$="report.pdf"]')).toString('latin1');
    expect(pdf).toMatch(/^%PDF-1\.7[\s\S]*\/Marked true/);
    await page.goto('/oversight/anomalies');
    await officer.inspect('oversight-anomalies');
    await keyboard.press(`a[href="/oversight/cases/${anomaly}"]`);
    await page.waitForURL(`**/oversight/cases/${anomaly}`);
    expect(await page.textContent('main')).toMatch(/Ungewöhnlich viele Abrufe.*80.*10.*50/s);
    await step('dismissed', 'Am ersten Tag des Antrags zu erwarten');
    await record('Am ersten Tag des Antrags zu erwarten');
    expect(await page.textContent('tbody tr')).toContain('abgeschlossen');
    await page.goto(`/oversight/entries/${incident}`);
    await page.fill('input[name=reason]', REASON);
    await page.fill('input[name=file_reference]', 'DSB-2026-19');
    await page.click('form[action^="/oversight/entries/"] button');
    await page.waitForSelector('text=SURPLUS_FIELDS');
    expect(officer.complaints).toEqual([]);
    expect((await page.goto('/oversight/cases/0'))?.status()).toBe(404);
  });

  it('sees who looked at what, and cannot go on with the list of another officer (IDOR)', async () => {
    const officer = await signedIn('officer-1', '/oversight/reads');
    const { page } = officer;
    expect(await page.textContent('main')).toMatch(/Sie.*Eintrag mit geschützter Hälfte/s);
    await officer.inspect('oversight-reads');
    await page.goto('/oversight/entries');
    const next = (await page.getAttribute('a[rel=next]', 'href')) ?? '';
    const other = await signedIn('officer-2');
    await other.page.goto(next);
    expect(await reasonOf(other)).toBe('NODE_REFUSED');
    expect((await page.goto(next))?.status()).toBe(200);
  });
});

describe('a spot check at the pages (IDNrG § 8)', () => {
  it('is committed to, drawn once the witnesses have signed, worked on and reported as a PDF, by keyboard alone', async () => {
    const officer = await signedIn('officer-1', '/oversight/samples');
    const { page, keyboard } = officer;
    const commit = async (from: string, to: string) => {
      await keyboard.date('input[name=from]', from);
      await keyboard.date('input[name=to]', to);
      await keyboard.write('input[name=size]', '2');
      await keyboard.press('form[action="/oversight/samples"] button');
    };
    // Of these few entries, so that what is drawn are retrievals that ended.
    const began = moment(-1000);
    await prefilled();
    await sleep(3000);
    await commit(began, moment(3_600_000));
    // A population that is not closed yet could still be filled.
    await page.waitForSelector('[data-reason="NODE_REFUSED"]');
    await page.goto('/oversight/samples');
    await commit(began, moment(-1000));
    await page.waitForURL(/samples\/\d+$/);
    await officer.inspect('oversight-sample-committed');
    const state = async () => {
      await page.reload();
      return (await page.textContent('main')) ?? '';
    };
    await eventually(state, (text) => text.includes('kann gezogen werden'));
    await officer.inspect('oversight-sample-fixed');
    await keyboard.press('form[action$="/draw"] button');
    await page.waitForSelector('form[action$="/findings"]');
    await keyboard.pick('select[name=finding]', 'objection');
    await keyboard.write('input[name=note]', 'Zweck?');
    await keyboard.press('form[action$="/findings"] button');
    // What was not taken is read first, and nothing of it is lost.
    await page.waitForSelector('[role=alert]');
    await keyboard.expectAt('[role=alert]');
    await officer.inspect('oversight-sample-unfit');
    expect(await page.inputValue('select[name=finding]')).toBe('objection');
    expect(await page.inputValue('input[name=note]')).toBe('Zweck?');
    await keyboard.write('input[name=note]', 'Zweck passt nicht zum Nachweis');
    await keyboard.press('form[action$="/findings"] button');
    await page.waitForSelector('td:has-text("beanstandet")');
    await officer.inspect('oversight-sample-drawn');
    const pdf = await saved(officer, 'a[href$="report.pdf"]');
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    // Of the draw itself the witnesses have to sign first.
    const link = (await page.getAttribute('a[href$="proofs.json"]', 'href')) ?? '';
    await eventually(
      async () => (await page.request.get(link)).status(),
      (status) => status === 200,
    );
    const proofs = parseDocument((await saved(officer, 'a[href$="proofs.json"]')).toString('utf8'));
    expect(checkSample(proofs, { policy: parsePolicy(await readFile(policyFile)) })).toMatchObject({
      ...{ verdict: 'holds', subject: { counted: 2 } },
    });
    await page.goto('/oversight/samples');
    await officer.inspect('oversight-samples');
  });
});

describe('what the catalogue says (GDPR Art. 30)', () => {
  it('is the record of processing, inputs of an impact assessment (GDPR Art. 35), and who may ask what from whom', async () => {
    const auditor = await signedIn('auditor-1', '/oversight/processing');
    const { page } = auditor;
    expect(await page.textContent('main')).toMatch(/Onlinedienst Kindergeld.*Geburt.*: .*IDNrG § 9 Abs. 3/s);
    // Of the chamber, which asks in a task of its own, and of what happened in this run.
    expect(await page.textContent('main')).toMatch(/GewO § 14 Abs\. 8.*Löschfristen.*Maßnahmen/s);
    const record = await (await page.request.get('/oversight/processing.json')).json();
    const used = record.processings.find(({ id }: { id: string }) => id === 'familienkasse-online/kindergeld-antrag');
    expect(used.use.retrievals).toBeGreaterThan(0);
    expect(used.use.lookups).toBeGreaterThan(0);
    await auditor.inspect('oversight-processing');
    await page.click('a[href="/oversight/impact"]');
    expect(await page.textContent('main')).toMatch(
      /Was das Register darüber hinaus hat.*BEEG § 25 \(Einwilligung\).*Abhilfemaßnahmen/s,
    );
    await auditor.inspect('oversight-impact');
    const inputs = await (await page.request.get('/oversight/impact.json')).json();
    expect(inputs.necessity[0]).toMatchObject({ legal_basis: expect.stringContaining('§'), fields: expect.any(Array) });
    expect(inputs.description.volumes).not.toEqual([]);
    await page.goto('/oversight/permissions?consumer=elterngeld-online');
    expect(await page.textContent('main')).toContain('elterngeld-identity');
    expect(await page.textContent('main')).not.toContain('kfz-online');
    await auditor.inspect('oversight-permissions');
    await page.click('a[href="/oversight/explanation"]');
    const question = [
      ['consumer', 'elterngeld-online'],
      ['register', 'familienkasse-register'],
      ['evidence_type', 'kindergeld-bezug'],
      ['purpose', 'elterngeld-antrag'],
      ['legal_basis', 'beeg-25'],
    ] as const;
    for (const [name, value] of question) await page.selectOption(`select[name=${name}]`, value);
    await page.click('form[action="/oversight/explanation"] button');
    expect(await page.textContent('main')).toMatch(/nicht erlaubt.*elterngeld-no-kindergeld-bezug/s);
    await auditor.inspect('oversight-explanation');
    expect((await page.goto('/oversight/samples/0'))?.status()).toBe(404);
  });
});

describe('who is no officer', () => {
  it('sees as an auditor no person, and decides nothing', async () => {
    const auditor = await signedIn('auditor-1', `/oversight/cases/${incident}`);
    const { page } = auditor;
    expect(await page.locator('form[action^="/oversight"]').count()).toBe(0);
    for (const path of [`/oversight/cases/${incident}/report.pdf`, '/oversight/person']) {
      await page.goto(path);
      expect(await reasonOf(auditor)).toBe('ROLE_NOT_ALLOWED');
    }
    const csrf = await page.inputValue('input[name=csrf]');
    const given = { csrf, reason: REASON, file_reference: 'x', state: 'dismissed', note: 'kein Risiko für jemanden' };
    const cookie = `einmal=${await auditor.cookie('einmal')}`;
    for (const path of [`/oversight/entries/${incident}`, `/oversight/cases/${incident}`, '/oversight/person']) {
      const answer = await fetch(`${pagesUrl}${path}`, {
        ...{ method: 'POST', redirect: 'manual', body: new URLSearchParams(given) },
        headers: { cookie, origin: pagesUrl },
      });
      expect(answer.status).toBe(403);
    }
  });

  it.each(['mother', 'administrator-1'])('as %s sees nothing of it', async (login) => {
    const person = await signedIn(login);
    expect(await reasonOf(person)).toBe('ROLE_NOT_ALLOWED');
    expect(await person.page.locator('a[href="/oversight"]').count()).toBe(0);
  });
});
