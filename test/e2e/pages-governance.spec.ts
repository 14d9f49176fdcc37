import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import {
  type ActingAdministrator,
  type CatalogueChanges,
  connectCatalogueChanges,
} from '../../src/client/catalogue-changes.js';
import { readProfile } from '../../src/client/node-profile.js';
import { importSigningKey } from '../../src/tokens/jws.js';
import { LOW, launchBrowser, SUBSTANTIAL, Visitor } from '../support/e2e-browser.js';
import { consumer, form } from '../support/e2e-consumer.js';
import { logEntriesSince, logSize } from '../support/e2e-log.js';
import { mother, newborn } from '../support/e2e-people.js';
import { e2eSystem, named } from '../support/e2e-system.js';

const RULE = 'kindergeld-geburt';

let browser: Browser;
let changes: CatalogueChanges;
let first: string;
let proposer: ActingAdministrator;
let second: ActingAdministrator;
const visitors: Visitor[] = [];

const keyFile = (id: string) => join(e2eSystem().dataFolder, 'keys', 'administrators', `${id}.jwk.json`);
const administrator = async (id: string): Promise<ActingAdministrator> => ({
  id,
  key: await importSigningKey(JSON.parse(readFileSync(keyFile(id), 'utf8'))),
});
const rules = () => readFileSync(join(e2eSystem().catalogue, 'rules.yaml'), 'utf8');
const without = (id: string) => {
  const start = rules().indexOf(`  - id: ${id}\n`);
  return rules().slice(0, start) + rules().slice(rules().indexOf('\n  - id: ', start + 1) + 1);
};

beforeAll(async () => {
  browser = await launchBrowser();
  changes = await connectCatalogueChanges(await readProfile(named(e2eSystem().profiles, 'pages')));
  [proposer, second] = [await administrator('administrator-1'), await administrator('administrator-2')];
  first = (await changes.files()).version;
  // Something that a simulation can replay.
  const familienkasse = await consumer('familienkasse-online');
  const applicants = [mother, newborn];
  const decisions = await familienkasse.decideAndGrant({ service: 'kindergeld', applicants });
  await familienkasse.prefill(form('kindergeld', decisions, applicants));
  familienkasse.close();
});
afterEach(async () => {
  for (const { context } of visitors.splice(0)) await context.close();
});
/** The other tests need what was in force before. */
afterAll(async () => {
  if ((await changes.files()).version !== first) {
    const { version } = await changes.propose(proposer, { files: {}, version: first });
    await changes.decide(second, version, true, 'back');
  }
  changes.close();
  await browser.close();
});

async function signedIn(login: string, back = '/governance', options: BrowserContextOptions = {}, level = SUBSTANTIAL) {
  const made = await Visitor.at(browser, options);
  visitors.push(made);
  await made.signIn(login, { level, back });
  return made;
}
const reasonOn = (page: Page) => page.getAttribute('[data-reason]', 'data-reason');

async function proposed(): Promise<Readonly<{ version: string; id: string }>> {
  const files = { 'rules.yaml': without(RULE) };
  const { version, faults } = await changes.propose(proposer, { files, version: '' });
  expect(faults).toEqual([]);
  const { proposals = [] } = await changes.versions();
  return { version, id: proposals.find((it) => it.version === version)?.proposal ?? '' };
}

/** As the person does it on their own device: the command reads what the page shows. */
function signed(statement: string, as: string, key = as): Promise<string> {
  const args = ['policy', 'sign-decision', '--node', 'node', '--as', as, '--key', keyFile(key)];
  const child = spawn(process.execPath, ['dist/src/cli/main.js', ...args], { stdio: ['pipe', 'pipe', 'ignore'] });
  let out = '';
  child.stdout.on('data', (chunk) => {
    out += chunk;
  });
  child.stdin.end(statement);
  return new Promise((resolve) => child.on('close', () => resolve(out)));
}

/** Up to the page that shows what is to be signed, by keyboard. @returns that text, as it is copied there */
async function toSigning({ page, keyboard }: Visitor, act: string, reason = 'Geprüft <b>und</b> besprochen') {
  await keyboard.pick('select[name=act]', act);
  await keyboard.write('input[name=reason]', reason);
  await keyboard.press('main form[method=post] button');
  await page.waitForSelector('#statement');
  await keyboard.to('#statement');
  await page.keyboard.press('Control+A');
  return String(await page.evaluate('getSelection().toString()'));
}
async function send({ keyboard }: Visitor, signature: string): Promise<void> {
  await keyboard.paste('#signature', signature);
  await keyboard.press('main form[method=post] button');
}
/** What was not taken is read first. */
async function toldWhy({ page, keyboard }: Visitor): Promise<string> {
  await page.waitForSelector('[role=alert]');
  await keyboard.expectAt('[role=alert]');
  return (await page.textContent('[role=alert]')) ?? '';
}

describe('changes of the rules at the pages (design 7: two persons)', () => {
  it('are seen with what changes and what would have been decided otherwise, and approved by a second person, by keyboard alone and without a script', async () => {
    const { id, version } = await proposed();
    const person = await signedIn('administrator-2', '/governance', { javaScriptEnabled: false });
    const { page, keyboard } = person;
    expect(await page.textContent('main')).toContain(version.slice(0, 12));
    await keyboard.throughAll();
    await keyboard.press(`a[href="/governance/proposals/${id}"]`);
    await page.waitForURL(`**/governance/proposals/${id}`);
    expect(await page.locator('.diff del').allTextContents()).toContainEqual(expect.stringContaining(RULE));
    await keyboard.write('input[name=days]', '1');
    await keyboard.press('form.filters button');
    expect(await page.textContent('[role=status]')).toMatch(/wären anders entschieden/);
    expect(await page.textContent('main')).toMatch(
      /Geburtseintrag.*erlaubt.*abgelehnt: keine Regel erlaubt die Übermittlung/s,
    );
    expect((await changes.files()).version).toBe(first);

    const from = await logSize();
    const statement = await toSigning(person, 'approve');
    expect(JSON.parse(statement)).toMatchObject({ act: 'approve', proposal: { id, version } });
    await send(person, await signed(statement, 'administrator-2'));
    await page.waitForURL(`**/governance/proposals/${id}`);
    expect(await page.textContent('main')).toMatch(/administrator-2.*Geprüft <b>und<\/b> besprochen/s);
    expect((await changes.files()).version).toBe(version);
    const events = (await logEntriesSince(from)).map(({ event }) => event);
    expect(events.filter((it) => it.startsWith('catalogue.'))).toEqual(['catalogue.approved', 'catalogue.activated']);

    // Decided already: nothing more can be done about it.
    expect(await page.locator('select[name=act]').count()).toBe(0);
    const back = await changes.propose(proposer, { files: {}, version: first });
    await changes.decide(second, back.version, true, 'back');
  }, 120_000);

  it('are not approved by who proposed them, by another key, by what was signed for something else, or twice', async () => {
    const { id } = await proposed();
    const path = `/governance/proposals/${id}`;
    const own = await signedIn('administrator-1', path);
    const statement = await toSigning(own, 'approve');
    await own.inspect('governance-signing');
    await send(own, await signed(statement, 'administrator-1'));
    expect(await toldWhy(own)).toContain('zweite Person');
    await own.inspect('governance-own-proposal');

    const other = await signedIn('administrator-2', path);
    const shown = await toSigning(other, 'approve');
    await send(other, await signed(shown, 'administrator-2', 'administrator-1'));
    expect(await toldWhy(other)).toContain('Die Unterschrift passt nicht');
    await send(other, await signed(shown.replace('"approve"', '"reject"'), 'administrator-2'));
    expect(await toldWhy(other)).toContain('Die Unterschrift passt nicht');
    await send(other, 'nothing of the kind');
    await toldWhy(other);
    await other.inspect('governance-not-signed');
    expect((await changes.files()).version).toBe(first);

    // Meanwhile the proposer takes it back in their own session.
    await own.page.goto(path);
    const taken = await toSigning(own, 'reject', 'Zurückgenommen');
    await send(own, await signed(taken, 'administrator-1'));
    await own.page.waitForURL(`**${path}`);
    expect(await own.page.textContent('main')).toContain('abgelehnt');
    await send(other, await signed(shown, 'administrator-2'));
    expect(await toldWhy(other)).toContain('schon entschieden');
    expect((await changes.files()).version).toBe(first);
  }, 120_000);

  it('can be read by officers and auditors, who decide nothing, in three languages, on a narrow screen', async () => {
    const { id } = await proposed();
    for (const [login, language] of [
      ['officer-1', 'de'],
      ['auditor-1', 'de-simple'],
      ['officer-2', 'en'],
    ] as const) {
      const person = await signedIn(login, `/language/${language}?then=/governance`, {
        viewport: { width: 320, height: 640 },
      });
      const { page } = person;
      await person.inspect(`governance-${language}`);
      await person.expectReflow();
      await page.goto(`/governance/proposals/${id}?days=1`);
      await person.inspect(`governance-proposal-${language}`);
      await person.expectReflow();
      expect(await page.locator('select[name=act]').count()).toBe(0);
      const file = await page.request.get(`/governance/proposals/${id}/files/rules.yaml`);
      expect(await file.text()).toBe(without(RULE));
    }
    const citizen = await signedIn('mother', `/governance/proposals/${id}`);
    expect(await reasonOn(citizen.page)).toBe('ROLE_NOT_ALLOWED');
    const low = await signedIn('administrator-2', `/governance/proposals/${id}`, {}, LOW);
    expect(await reasonOn(low.page)).toBe('ASSURANCE_TOO_LOW');
    const nobody = await signedIn('auditor-1', `/governance/proposals/${crypto.randomUUID()}`);
    expect(await reasonOn(nobody.page)).toBe('NOT_FOUND');
    await changes.decide(second, (await changes.versions()).proposals?.[0]?.version ?? '', false, 'not needed');
  }, 120_000);
});
