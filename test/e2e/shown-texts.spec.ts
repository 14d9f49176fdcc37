import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import type { Browser } from 'playwright-core';
import { connectToNode, type NodeConnection } from '../../src/client/node-connection.js';
import { readProfile } from '../../src/client/node-profile.js';
import { TriggerSeals } from '../../src/consent/trigger-seals.js';
import { PostgresTriggerStore } from '../../src/consent/trigger-store.postgres.js';
import { LANGUAGES } from '../../src/pages/language.js';
import { SystemClock } from '../../src/platform/clock.js';
import { textHash } from '../../src/tokens/digest.js';
import { DirectoryKeyVault } from '../../src/vault/key-vault.directory.js';
import { launchBrowser, Visitor } from '../support/e2e-browser.js';
import { queryNode } from '../support/e2e-log.js';
import { mother, newborn } from '../support/e2e-people.js';
import { e2eSystem, named } from '../support/e2e-system.js';

const BACK = 'https://kindergeld.example/zurueck';

let browser: Browser;
let service: NodeConnection;
let pool: pg.Pool;
let store: PostgresTriggerStore;
beforeAll(async () => {
  browser = await launchBrowser();
  service = await connectToNode(await readProfile(named(e2eSystem().profiles, 'familienkasse-online')));
  const vault = new DirectoryKeyVault(join(named(e2eSystem().keys, 'node'), 'vault'));
  pool = new pg.Pool({ connectionString: named(e2eSystem().logins, 'node'), max: 1 });
  store = new PostgresTriggerStore(pool, new TriggerSeals(vault, new SystemClock()));
});
afterAll(async () => {
  await pool.end();
  service.close();
  await browser.close();
});

async function lastTrigger(): Promise<string> {
  const [row] = await queryNode<{ last: string }>('select coalesce(max(sequence), 0) as last from app.trigger');
  return row!.last;
}

/** Of every decision that was granted to the requesters since then: the hash of its text, as its attester signed it. */
async function signedSince(last: string, ...requesters: readonly string[]): Promise<readonly string[]> {
  const rows = await queryNode<{ id: string }>(
    'select id from app.trigger where sequence > $1 and requester = any($2) order by sequence',
    [last, requesters],
  );
  const attestations = await store.attestations(rows.map(({ id }) => id));
  expect(attestations.size).toBe(rows.length);
  return [...attestations.values()].map((jws) => {
    const payload = JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString());
    return String(payload.decision.text_hash);
  });
}

const hashesOf = (texts: readonly string[]) => [...new Set(texts.map(textHash))].toSorted();

describe.each(LANGUAGES)(
  'what is signed at the pages in %s is what was shown (design 4, GDPR Art. 7 (1))',
  (language) => {
    async function visitor(): Promise<Visitor> {
      const made = await Visitor.at(browser);
      await made.page.goto(`/language/${language}?then=/`);
      return made;
    }

    it('on evidence, on the lookup of each person, of whoever decides and of whom they represent', async () => {
      const { link } = await service.requestDecision({
        ...{ service: 'kindergeld', applicants: [mother, newborn], returnUrl: BACK },
      });
      const last = await lastTrigger();
      const person = await visitor();
      const { page } = person;
      await page.goto(link);
      const shown = [...(await person.signedTexts())];
      expect(shown).toHaveLength(1);
      await page.click('main a.kern-btn--primary');
      await person.chooseLogin('mother');
      await page.waitForSelector('form[action^="/decide/"]');
      shown.push(...(await person.signedTexts()));
      await person.inspect(`decide-lookups-${language}`);
      await page.click('button[name=all]');
      await page.waitForSelector(`a[href="${BACK}"]`);
      const signed = await signedSince(last, 'pages', 'familienkasse-online');
      // Three pieces of evidence, two lookups for them, and two before: of whoever decides and of their child.
      expect(signed).toHaveLength(7);
      expect([...new Set(signed)].toSorted()).toEqual(hashesOf(shown));
      await person.context.close();
    });

    it('on the lookup of whoever asks who used their data, also where they come to the answer at once', async () => {
      const last = await lastTrigger();
      const person = await visitor();
      await person.signIn('mother', { back: '/data' });
      const shown = await person.signedTexts();
      expect(await signedSince(last, 'pages')).toEqual([]);
      await person.page.click('main form button[type=submit]');
      await person.page.waitForSelector('.counters');
      expect(await signedSince(last, 'pages')).toEqual(hashesOf(shown));
      const other = await visitor();
      await other.page.goto(`/sign-in?then=/decisions`);
      await other.chooseLogin('mother');
      await other.page.waitForSelector('[data-lookup]');
      await other.inspect(`lookup-${language}`);
      const before = await lastTrigger();
      const first = await other.signedTexts();
      await other.goOnToLookup();
      expect(await signedSince(before, 'pages')).toEqual(hashesOf(first));
      for (const { context } of [person, other]) await context.close();
    });

    it('on the lookup of somebody for whom an officer searches', async () => {
      const officer = await visitor();
      await officer.signIn('officer-1', { back: '/oversight/person' });
      const last = await lastTrigger();
      const { page } = officer;
      const shown = await officer.signedTexts();
      const { family_name, birth_date, town, postcode } = mother.person as Record<string, string>;
      const fields = { family_name, birth_date, town, postcode, reason: 'Prüfung der Texte', file_reference: 'T-1' };
      for (const [name, value] of Object.entries(fields)) await page.fill(`[name=${name}]`, value ?? '');
      await page.click('form[action="/oversight/person"] button');
      await page.waitForSelector('form[action="/oversight/person/package"]');
      expect(shown).toHaveLength(1);
      expect(await signedSince(last, 'pages')).toEqual(hashesOf(shown));
      await officer.context.close();
    });
  },
);
