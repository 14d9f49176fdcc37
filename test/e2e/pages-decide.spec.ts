import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import type { Browser, Page } from 'playwright-core';
import type { AnyApplicant, Applicant } from '../../src/client/applicant.js';
import { connectToNode, type NodeConnection } from '../../src/client/node-connection.js';
import { readProfile } from '../../src/client/node-profile.js';
import { cast } from '../../src/demo/people/cast.js';
import { companyOf } from '../../src/demo/registers/handelsregister.js';
import type { EvidenceInspector } from '../../src/evidence/evidence-inspector.js';
import { PostgresHeldStore } from '../../src/exchange/held-store.postgres.js';
import { EvidenceHold } from '../../src/exchange/hold-evidence.js';
import type { ExchangeJournal } from '../../src/exchange/journal.js';
import { SystemClock } from '../../src/platform/clock.js';
import { readSeal } from '../../src/platform/secrets.js';
import { readSigningKey } from '../../src/tokens/jws.js';
import { attestRelease } from '../../src/tokens/release-attestation.js';
import { LOW, launchBrowser, Visitor } from '../support/e2e-browser.js';
import { BREMEN, consumer } from '../support/e2e-consumer.js';
import { logEntriesSince, logSize, queryNode } from '../support/e2e-log.js';
import { byAddress, byName, byNumber, mother, newborn } from '../support/e2e-people.js';
import { expectRefusal } from '../support/e2e-refusal.js';
import { e2eSystem, named, operationalLogOf } from '../support/e2e-system.js';
import { eventually } from '../support/eventually.js';

const { pagesUrl } = e2eSystem();
const BACK = 'https://kindergeld.example/zurueck';
const applicants = [mother, newborn];
const ATTESTED = { family_name: 'Nirgendwerth', town: 'Bremen', postcode: '28195', birth_date: '1980-01-01' };

let browser: Browser;
let service: NodeConnection;
const visitors: Visitor[] = [];
beforeAll(async () => {
  browser = await launchBrowser();
  service = await connectToNode(await readProfile(named(e2eSystem().profiles, 'familienkasse-online')));
});
afterEach(async () => {
  for (const { context } of visitors.splice(0)) await context.close();
});
afterAll(async () => {
  service.close();
  await browser.close();
});

const ask = (about: readonly Applicant[] = applicants) =>
  service.requestDecision({ service: 'kindergeld', applicants: about, returnUrl: BACK });

/** Somebody at a browser, for whom the online service is played: it sends them on to `next`. */
async function visitor(options: Parameters<typeof Visitor.at>[1] = {}, next: () => Promise<string> = async () => '') {
  const made = await Visitor.at(browser, options);
  visitors.push(made);
  await made.context.route(`${BACK}*`, async (route) => {
    const location = await next();
    return location === ''
      ? route.fulfill({ contentType: 'text/html', body: '<title>Onlinedienst</title>' })
      : route.fulfill({ contentType: 'text/html', body: `<meta http-equiv="refresh" content="0;url=${location}">` });
  });
  return made;
}

/** A link that was used. */
async function answered() {
  const { link } = await ask();
  const person = await visitor();
  const { page } = person;
  await person.signIn('mother', { back: new URL(link).pathname });
  await page.click('button[name=all]');
  await page.waitForSelector(`a[href="${BACK}"]`);
  return { link, page };
}

const reasonOn = (page: Page) => page.getAttribute('[data-reason]', 'data-reason');
const prefill = (triggerIds: readonly string[], about: readonly Applicant[] = applicants) =>
  service.prefill({ service: 'kindergeld', applicants: about, triggerIds, ars: BREMEN });

describe('a request for a decision (EGovG § 5 Abs. 1)', () => {
  it('leads from the link to released evidence in five clicks, and nothing reaches the service before (EGovG § 5 Abs. 5)', async () => {
    const { decisionId, link } = await ask();
    let exchange = '';
    const person = await visitor({}, async () => {
      const { decided, triggerIds, previewLink } = await service.getDecision(decisionId);
      expect(decided).toBe(true);
      const answer = await prefill(triggerIds);
      expect(answer.fields).toEqual([]);
      exchange = answer.exchange_id;
      return `${previewLink}${exchange}`;
    });
    const { page } = person;
    await page.goto(link);
    expect(await page.textContent('main')).toMatch(/Onlinedienst Kindergeld.*EGovG § 5/s);
    expect(await page.textContent('main')).not.toContain('Mustermann');
    await person.inspect('decide-before-sign-in');
    await page.click('text=Anmelden und entscheiden');
    await page.click('button[value=enter]');
    await page.waitForSelector('form[action^="/decide/"]');
    await person.inspect('decide');
    await page.click('button[name=all]');
    await page.waitForSelector(`a[href="${BACK}"]`);
    await person.inspect('decided');
    await page.click('text=Zurück zum Onlinedienst');
    await page.waitForURL('**/preview/*');
    expect(await page.textContent('main')).toContain('von Mustermann-Søndergård');
    await person.inspect('preview');
    await expect(service.fetchReleased(exchange)).rejects.toMatchObject({ reason: 'PREVIEW_REQUIRED' });
    await expect(service.preview(exchange)).rejects.toMatchObject({ reason: 'CALL_NOT_ALLOWED' });
    await page.click('button[name=all]');
    await page.waitForURL('**/released/*');
    await person.inspect('released');
    const released = await service.fetchReleased(exchange);
    expect(released.fields.length).toBeGreaterThan(5);
    expect(released.evidence).toHaveLength(3);
  });

  it('is decided piece by piece with the keyboard: what the person brings themself is not fetched', async () => {
    const { decisionId, link } = await ask();
    const person = await visitor({ viewport: { width: 320, height: 640 } });
    await person.signIn('mother', { back: new URL(link).pathname });
    const { page, keyboard } = person;
    await person.expectReflow();
    await person.inspect('decide-320');
    const names = await page.$$eval('input[type=radio][value=bring]', (radios) =>
      radios.map((it) => it.getAttribute('name') ?? ''),
    );
    // The fourth has no register, and is not asked for.
    expect(names).toHaveLength(3);
    expect(await page.textContent('main')).toContain('noch kein Register angeschlossen');
    await keyboard.throughAll();
    for (const [at, name] of names.entries()) await keyboard.choose(name, at === 0 ? 'bring' : 'fetch');
    await keyboard.press('form[action^="/decide/"] button:not([name])');
    await page.waitForSelector(`a[href="${BACK}"]`);
    const { triggerIds } = await service.getDecision(decisionId);
    // Two pieces, and the lookups of the two persons whom they are about.
    expect(triggerIds).toHaveLength(4);
    const brought = names[0]?.split(':')[1];
    const { not_delivered } = await prefill(triggerIds);
    expect(not_delivered.find(({ evidence_type }) => evidence_type === brought)?.reason).toBe('WITHHELD_BY_APPLICANT');
  });

  it('with something left open is shown again, and nothing is stored', async () => {
    const { decisionId, link } = await ask();
    const person = await visitor({ colorScheme: 'dark' });
    await person.signIn('mother', { back: new URL(link).pathname });
    await person.page.$eval('form[action^="/decide/"]', (form) => form.setAttribute('novalidate', ''));
    await person.page.check('input[value=bring] >> nth=1');
    await person.page.uncheck('#preview');
    await person.page.click('form[action^="/decide/"] button:not([name])');
    expect(await person.page.textContent('[role=alert]')).toContain('über jeden Nachweis');
    expect(await person.page.locator('input[name^="choice:"]:checked').count()).toBe(1);
    expect(await person.page.locator('input[value=bring] >> nth=1').isChecked()).toBe(true);
    expect(await person.page.isChecked('#preview')).toBe(false);
    await person.keyboard.expectAt('[role=alert]');
    await person.inspect('decide-incomplete-dark');
    expect(await service.getDecision(decisionId)).toMatchObject({ decided: false, triggerIds: [] });
  });

  it.each(['de-simple', 'en'])('can be read in %s', async (language) => {
    const { link } = await ask();
    const person = await visitor();
    await person.page.goto(`/language/${language}?then=/`);
    await person.signIn('mother', { back: new URL(link).pathname });
    await person.inspect(`decide-${language}`);
  });

  it('refuses whoever is not asked with one neutral answer, and says nothing about whom it is about (design 4)', async () => {
    const { decisionId, link } = await ask();
    for (const login of ['father', 'student', 'blocked', 'markup']) {
      const person = await visitor();
      await person.signIn(login, { back: new URL(link).pathname });
      expect(await reasonOn(person.page)).toBe('NOT_AVAILABLE_TO_YOU');
      expect(await person.page.textContent('main')).not.toContain('Mia');
      if (login === 'father') await person.inspect('not-available');
      expect(person.complaints).toEqual([]);
    }
    expect(await service.getDecision(decisionId)).toMatchObject({ decided: false });
  });

  it('asks whoever signed in at a level that does not suffice to identify themself better', async () => {
    const { link } = await ask();
    const person = await visitor();
    await person.signIn('mother', { back: new URL(link).pathname, level: LOW });
    expect(await reasonOn(person.page)).toBe('ASSURANCE_TOO_LOW');
    await person.page.click('main .kern-btn--primary');
    await person.chooseLogin('mother');
    await person.page.waitForSelector('[data-lookup]');
    await person.goOnToLookup();
    await person.page.waitForSelector('form[action^="/decide/"]');
  });

  it('works once: after the answer, for another person and at another time there is nothing', async () => {
    const { link } = await ask();
    const person = await visitor();
    await person.signIn('mother', { back: new URL(link).pathname });
    const { page } = person;
    const form = await page.$eval('form[action^="/decide/"]', (it) => [
      it.querySelector('[name=csrf]')?.getAttribute('value') ?? '',
      it.querySelector('[name=version]')?.getAttribute('value') ?? '',
    ]);
    await page.click('button[name=all]');
    await page.waitForSelector(`a[href="${BACK}"]`);
    const cookie = `einmal=${await person.cookie('einmal')}`;
    const again = await fetch(link, {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie, origin: pagesUrl },
      body: new URLSearchParams({ csrf: form[0] ?? '', version: form[1] ?? '', all: 'fetch' }),
    });
    expect(again.status).toBe(404);
    const other = await visitor();
    await other.page.goto(link);
    expect(await reasonOn(other.page)).toBe('NOT_FOUND');
    const late = await ask();
    await queryNode('update app.decision_request set expires_at = now() where id = $1 returning id', [late.decisionId]);
    await other.page.goto(late.link);
    expect(await reasonOn(other.page)).toBe('NOT_FOUND');
  });

  it('cannot be found by guessing: every wrong link gets the same answer, and strangers do not make the log grow (brute force, ADR 151)', async () => {
    const { link } = await ask();
    const late = await ask();
    await queryNode('update app.decision_request set expires_at = now() where id = $1 returning id', [late.decisionId]);
    const guesses = [
      ...Array.from({ length: 20 }, () => randomBytes(32).toString('base64url')),
      ...[late, await answered()].map((it) => it.link.split('/').at(-1) ?? ''),
      'a',
      `${link.slice(-42)}`,
    ];
    const from = await logSize();
    const counted = () => operationalLogOf('node').split('"security":"link"').length;
    const before = counted();
    const answers = await Promise.all(
      guesses.map(async (guess) => {
        const answer = await fetch(`${pagesUrl}/decide/${guess}`);
        return `${answer.status} ${(await answer.text()).replaceAll(`decide%2F${guess}`, '')}`;
      }),
    );
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toMatch(/^404 /);
    expect(await logEntriesSince(from)).toEqual([]);
    // All that may be a link and leads nowhere; what was answered is still there.
    await eventually(
      async () => counted() - before,
      (lines) => lines === 21,
    );
  });

  it('that leads nowhere is an entry where somebody who is signed in answers it (design 6)', async () => {
    const { page } = await answered();
    const form = { csrf: await page.inputValue('input[name=csrf]'), all: 'fetch' };
    const from = await logSize();
    const path = `/decide/${randomBytes(32).toString('base64url')}`;
    const answer = await page.request.post(path, { form, headers: { origin: pagesUrl } });
    expect(answer.status()).toBe(404);
    expect((await logEntriesSince(from)).at(-1)).toMatchObject({
      ...{ event: 'refused', consumer: 'pages', reason: 'NOT_FOUND' },
    });
  });

  it('returns nowhere that the catalogue does not name (open redirect)', async () => {
    for (const returnUrl of ['https://elsewhere.example/', `${BACK}/other`, 'javascript:alert(1)'])
      await expect(service.requestDecision({ service: 'kindergeld', applicants, returnUrl })).rejects.toMatchObject({
        reason: 'REQUEST_INVALID',
      });
  });

  it('is opened and answered by pages alone', async () => {
    const { link, decisionId } = await ask();
    const secret = link.split('/').at(-1) ?? '';
    const other = await consumer('elterngeld-online');
    try {
      await expectRefusal(other.call('ConsentService/OpenDecision', { secret }), { reason: 'CALL_NOT_ALLOWED' });
      const answer = { secret, session_token: 'x', attested: ATTESTED };
      await expectRefusal(other.call('ConsentService/AnswerDecision', answer), { reason: 'CALL_NOT_ALLOWED' });
      const release = { exchange_id: randomUUID(), session_token: 'x', attestation: 'x' };
      await expectRefusal(other.call('EvidenceService/AttestRelease', release), { reason: 'CALL_NOT_ALLOWED' });
      await expectRefusal(other.call('ConsentService/GetDecision', { decision_id: decisionId }), {
        reason: 'NOT_FOUND',
      });
    } finally {
      other.close();
    }
  });

  it('names whoever decides by address or number, since two persons may have one name', async () => {
    await expect(ask([byName('parent', cast.mother), newborn])).rejects.toMatchObject({ reason: 'REQUEST_INVALID' });
    const { link } = await ask([byNumber('parent', cast.mother), newborn]);
    const person = await visitor();
    await person.signIn('mother', { back: new URL(link).pathname });
    expect(await person.page.locator('form[action^="/decide/"]').count()).toBe(1);
  });
});

describe('whoever decides for somebody else (design 4)', () => {
  const opened: NodeConnection[] = [];
  afterAll(() => {
    for (const connection of opened) connection.close();
  });
  async function asking(site: string, wish: Readonly<{ service: string; applicants: readonly AnyApplicant[] }>) {
    const connection = await connectToNode(await readProfile(named(e2eSystem().profiles, `${site}-online`)));
    opened.push(connection);
    const returnUrl = `https://${site}.example/zurueck`;
    return { connection, ...(await connection.requestDecision({ ...wish, returnUrl })) };
  }
  /** Signs in, says by virtue of what where that is asked, and has all of it fetched and used without a preview. */
  async function decides(login: string, link: string, capacity?: string): Promise<Visitor> {
    const person = await visitor();
    await person.signIn(login, { back: new URL(link).pathname });
    const { page } = person;
    await page.waitForSelector('form[action^="/decide/"]');
    await page.uncheck('#preview');
    if (capacity !== undefined) await page.check(`input[name^="capacity:"][value="${capacity}"]`);
    await page.click('button[name=all]');
    await page.waitForSelector('a[href$="/zurueck"], [data-reason]');
    return person;
  }
  const student = byAddress('student', cast.student);
  const authorised = byAddress('representative', cast.studentMother);

  it('says by virtue of what, is confirmed by the directory, and the evidence is fetched for them', async () => {
    const asked = { service: 'bafoeg', applicants: [student, authorised] };
    const { connection, decisionId, link } = await asking('bafoeg', asked);
    const person = await visitor();
    await person.signIn('student-mother', { back: new URL(link).pathname });
    await person.inspect('decide-representative');
    await person.page.click('button[name=all]');
    // Nothing is said for them: a power of attorney is no matter of course.
    expect(await person.page.locator('[role=alert]').count()).toBe(1);
    await decides('student-mother', link, 'power-of-attorney');
    const { triggerIds } = await connection.getDecision(decisionId);
    const { evidence } = await connection.prefill({ ...asked, triggerIds, ars: BREMEN });
    expect(evidence.map(({ subject_role }) => subject_role)).toContain('student');
  });

  it('may be the guardian of a child', async () => {
    const child = byName('child', cast.childOfParentAbroad);
    const ward = await ask([byAddress('parent', cast.widow), child]);
    await decides('guardian', ward.link, 'guardianship');
    expect(await service.getDecision(ward.decisionId)).toMatchObject({ decided: true });
  });

  it('without being who they say gets one neutral answer, before anything is stored', async () => {
    const strangers = [
      ['student-mother', await ask([byAddress('parent', cast.studentMother), newborn]), 'custody'],
      ['guardian', await ask([byAddress('parent', cast.widow), newborn]), 'guardianship'],
    ] as const;
    for (const [login, { link, decisionId }, capacity] of strangers) {
      const { page } = await decides(login, link, capacity);
      expect(await reasonOn(page)).toBe('NOT_AVAILABLE_TO_YOU');
      expect(await service.getDecision(decisionId)).toMatchObject({ decided: false, triggerIds: [] });
    }
  });

  it('decides for a company that they represent, and its register holds the decision against their name (HRV § 43)', async () => {
    const company = { role: 'company', company: companyOf(cast.father).byEntry };
    const asked = { service: 'gewerbeanmeldung', applicants: [byAddress('trader', cast.father), company] };
    const { connection, decisionId, link } = await asking('gewerbe', asked);
    const person = await decides('father', link);
    expect(person.complaints).toEqual([]);
    const { triggerIds } = await connection.getDecision(decisionId);
    const { fields } = await connection.prefill({ ...asked, triggerIds, ars: BREMEN });
    expect(fields.map(({ fim_id }) => fim_id)).toContain('einmal:unternehmen-firma');
    const alone = connection.requestDecision({
      ...{ service: 'gewerbeanmeldung', returnUrl: 'https://gewerbe.example/zurueck' },
      applicants: [byNumber('trader', cast.father), company],
    });
    await expect(alone).rejects.toMatchObject({ reason: 'REQUEST_INVALID' });
  });
});

describe('evidence that waits for the person (EGovG § 5 Abs. 5)', () => {
  async function held(): Promise<Readonly<{ person: Visitor; exchange: string; previewLink: string }>> {
    const { decisionId, link } = await ask();
    const person = await visitor();
    await person.signIn('mother', { back: new URL(link).pathname });
    await person.page.click('button[name=all]');
    await person.page.waitForSelector(`a[href="${BACK}"]`);
    const { triggerIds, previewLink } = await service.getDecision(decisionId);
    const { exchange_id } = await prefill(triggerIds);
    return { person, exchange: exchange_id, previewLink };
  }

  const outcomesOf = async (exchange: string) => {
    const rows = await queryNode<{ outcome: string }>(
      "select outcome from log.record where exchange_ref = $1 and event = 'retrieval.closed' order by outcome",
      [exchange],
    );
    return rows.map(({ outcome }) => outcome);
  };

  /** What a node does of `AttestRelease` on the database of the one that runs, as far as it comes: it writes nothing into the log. */
  async function refuseFirstAtANodeThatDies(exchange: string): Promise<void> {
    const { keys, logins } = e2eSystem();
    const pool = new pg.Pool({ connectionString: named(logins, 'node'), max: 1 });
    const inspector = { opensFor: () => true } as unknown as EvidenceInspector;
    const seal = await readSeal(named(keys, 'node'));
    const noLog = {} as ExchangeJournal;
    const hold = new EvidenceHold(new PostgresHeldStore(pool), noLog, seal, inspector, new SystemClock(), 0);
    try {
      const found = await hold.find(exchange, 'familienkasse-online');
      const decisions = found.delivered.map(({ retrieval }, at) => ({
        ...{ held_id: retrieval.retrievalId, decision: at === 0 ? ('REFUSE' as const) : ('RELEASE' as const) },
      }));
      const key = await readSigningKey(named(keys, 'pages'), 'attestation');
      const by = { attester: 'pages', node: 'node', key, nowMs: Date.now() };
      const attestation = await attestRelease(exchange, decisions, by);
      expect(await hold.attest(found, { attestation, statements: [] }, decisions)).toBeDefined();
    } finally {
      await pool.end();
    }
  }

  it('is refused piece by piece, by keyboard alone, and what is refused does not reach the service', async () => {
    const { person, exchange, previewLink } = await held();
    const { page, keyboard } = person;
    for (const language of ['en', 'de-simple']) {
      await page.goto(`/language/${language}?then=/preview/${exchange}`);
      await person.picture(`preview-${language}`);
    }
    await page.goto(`${previewLink}${exchange}`);
    const names = await page.$$eval('input[value=REFUSE]', (radios) =>
      radios.map((it) => it.getAttribute('name') ?? ''),
    );
    for (const [at, name] of names.entries()) await keyboard.choose(name, at === 0 ? 'REFUSE' : 'RELEASE');
    await keyboard.press('form[action^="/preview/"] button:not([name])');
    await page.waitForURL('**/released/*');
    // At once, before the service comes: its outcome is on record, and nothing of the evidence is shown any more.
    expect(await outcomesOf(exchange)).toEqual(['withheld_by_applicant']);
    await page.goto(`${previewLink}${exchange}`);
    expect(await page.textContent('main')).toContain('Sie haben Nein gesagt. Die Daten sind gelöscht');
    expect(await page.textContent('main')).not.toContain('Mustermann');
    await person.inspect('preview-decided');
    const answer = await service.fetchReleased(exchange);
    expect(await outcomesOf(exchange)).toEqual(['released', 'released', 'withheld_by_applicant']);
    expect(answer.evidence).toHaveLength(names.length - 1);
    expect(answer.not_delivered.map(({ reason }) => reason)).toContain('WITHHELD_BY_APPLICANT');
    await page.goto(`${previewLink}${exchange}`);
    expect(await reasonOn(page)).toBe('NOT_FOUND');
  });

  it('refused as a whole ends the exchange, whichever of two tabs was first, and the service hears why', async () => {
    const { person, exchange, previewLink } = await held();
    const { page } = person;
    const other = await person.context.newPage();
    for (const tab of [page, other]) {
      await tab.goto(`${previewLink}${exchange}`);
      for (const radio of await tab.locator('input[value=REFUSE]').all()) await radio.check();
    }
    const send = (tab: Page) => tab.click('form[action^="/preview/"] button:not([name])');
    await Promise.all([page, other].map((tab) => Promise.all([tab.waitForURL(/\/released\/|\/preview\//), send(tab)])));
    const outcomes = await outcomesOf(exchange);
    expect(outcomes).toEqual(['withheld_by_applicant', 'withheld_by_applicant', 'withheld_by_applicant']);
    const ended =
      "select 1 from log.record where exchange_ref = $1 and event = 'exchange.closed' and outcome = 'refused'";
    expect(await queryNode(ended, [exchange])).toHaveLength(1);
    await expect(service.fetchReleased(exchange)).rejects.toMatchObject({ reason: 'WITHHELD_BY_APPLICANT' });
    expect(await queryNode(ended, [exchange])).toHaveLength(1);
  });

  it('is closed within a minute where the node died after it was refused, and the rest is released', async () => {
    const { exchange } = await held();
    await refuseFirstAtANodeThatDies(exchange);
    expect(await outcomesOf(exchange)).toEqual([]);
    const closed = await eventually(
      () => outcomesOf(exchange),
      (it) => it.length > 0,
    );
    expect(closed).toEqual(['withheld_by_applicant']);
    const { evidence, not_delivered } = await service.fetchReleased(exchange);
    expect(evidence).toHaveLength(2);
    expect(not_delivered.map(({ reason }) => reason)).toContain('WITHHELD_BY_APPLICANT');
    expect(await outcomesOf(exchange)).toEqual(['released', 'released', 'withheld_by_applicant']);
  });

  it('is shown to nobody else, whatever they know (IDOR)', async () => {
    const { exchange, previewLink } = await held();
    for (const login of ['father', 'officer-1']) {
      const other = await visitor();
      await other.signIn(login, { back: `/preview/${exchange}` });
      expect(['NOT_FOUND', 'ROLE_NOT_ALLOWED']).toContain(await reasonOn(other.page));
      expect(await other.page.textContent('main')).not.toContain('Mustermann');
    }
    const nobody = await visitor();
    await nobody.page.goto(`${previewLink}${exchange}`);
    expect(await reasonOn(nobody.page)).toBe('NOT_SIGNED_IN');
  });
});

it('no link and no name is in the operational log of node or pages', async () => {
  const { link } = await ask();
  await fetch(link);
  const secret = link.split('/').at(-1) ?? '';
  for (const process of ['pages', 'node']) {
    expect(operationalLogOf(process)).not.toContain(secret);
    expect(operationalLogOf(process)).not.toContain('Mustermann');
  }
});
