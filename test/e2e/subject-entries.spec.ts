import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Applicant } from '../../src/client/applicant.js';
import { connectPages, type PagesConnection, type SignedIn } from '../../src/client/pages-connection.js';
import { cast } from '../../src/demo/people/cast.js';
import { lookupText } from '../../src/pages/session/shown-lookup.js';
import { numericDate } from '../../src/platform/clock.js';
import { readSigningKey } from '../../src/tokens/jws.js';
import { signSession } from '../../src/tokens/session-token.js';
import { type Consumer, consumer, form } from '../support/e2e-consumer.js';
import { logEntriesSince, logged, logSize } from '../support/e2e-log.js';
import { byAddress, byName, mother, newborn } from '../support/e2e-people.js';
import { expectLoggedRefusal, expectRefusal } from '../support/e2e-refusal.js';
import { deployedCatalogue } from '../support/e2e-system.js';
import { eventually } from '../support/eventually.js';

const METHOD = 'TransparencyService/ListSubjectEntries';
const OWN = 'datenauskunft';
const CONTROL = 'datenschutzkontrolle';
const NORM = 'BDSG § 33 Abs. 1 Nr. 1 Buchst. a, § 34 Abs. 1 Nr. 1';
const GROUNDS = { reason: 'Beschwerde über einen Abruf', fileReference: 'DSB-2026-17' };

let pages: PagesConnection;
let wire: Consumer;
let familienkasse: Consumer;
beforeAll(async () => {
  wire = await consumer('pages');
  pages = await connectPages(wire.profile);
  familienkasse = await consumer('familienkasse-online');
});
afterAll(() => {
  pages.close();
  wire.close();
  familienkasse.close();
});

const random = () => randomBytes(16).toString('base64url');
const signedIn = (deviation: Partial<SignedIn> = {}): SignedIn => ({
  id: random(),
  role: 'citizen',
  assurance: 'high',
  actor: `actor-${random()}`,
  signedInAt: numericDate(Date.now()) - 30,
  ...deviation,
});
const officer = (deviation: Partial<SignedIn> = {}) => signedIn({ role: 'officer', ...deviation });
const asPerson = ({ person }: typeof mother) => ({ role: 'person', person });
const father = byName('parent', cast.father);
/** By the German text, as if it had been shown. */
const lookUp = (service: string, applicant: Applicant, by: SignedIn, grounds: object = {}) =>
  pages.lookUp(service, applicant, by, { ...grounds, textHash: lookupText(deployedCatalogue(), service, 'de').hash });
const student = byAddress('person', cast.student);

async function prefilled(): Promise<string> {
  const applicants = [mother, newborn];
  const decisions = await familienkasse.decideAndGrant({ service: 'kindergeld', applicants });
  const { exchange_id = '' } = await familienkasse.prefill(form('kindergeld', decisions, applicants));
  return exchange_id;
}

/** What the directory has on record. Half a second is little for a busy machine: asked again until it is not late. */
async function directoryOf(citizen: SignedIn & Readonly<{ subject: string }>) {
  const asked = () => pages.citizen.askRegisters(citizen, { registers: ['identity-directory'], size: 1000 });
  const inTime = (answers: Awaited<ReturnType<typeof asked>>) =>
    answers.find(({ register, state }) => register === 'identity-directory' && state !== 'unreachable');
  return inTime(await eventually(asked, (answers) => inTime(answers) !== undefined))?.entries ?? [];
}

/** The bare request, to depart from. */
async function request(session: SignedIn, subject: string | undefined, change: object = {}): Promise<object> {
  const { client, keys, node } = wire.profile;
  const by = { pages: client, issuer: node.issuer, key: await readSigningKey(keys, 'session'), nowMs: Date.now() };
  return { session_token: await signSession({ ...session, subject }, { ...by, ...change }) };
}

describe('a citizen at the pages (OZG § 10, GDPR Art. 15)', () => {
  it('sees after a prefill what was asked about them and what they decided for their child, and that they looked', async () => {
    const exchange = await prefilled();
    const citizen = signedIn();
    const token = await lookUp(OWN, asPerson(mother), citizen);
    const { entries, reaches_back_to } = await pages.listOwnEntries(citizen, token);
    const own = entries.filter(({ exchange_id }) => exchange_id === exchange);
    const ended = own.filter(({ event }) => event === 'retrieval.closed');
    expect(ended.map(({ evidence_type, outcome, capacities }) => [evidence_type, outcome, capacities])).toEqual(
      expect.arrayContaining([
        ['meldedaten', 'released', ['subject', 'decider']],
        ['kindergeld-bezug', 'released', ['subject', 'decider']],
        ['geburt', 'released', ['decider']],
      ]),
    );
    expect(ended.every(({ consumer: by }) => by === 'familienkasse-online')).toBe(true);
    const indices = entries.map(({ log_index }) => log_index);
    expect(indices).toEqual(indices.toSorted((a, b) => b - a));
    expect(Date.parse(reaches_back_to)).toBeLessThanOrEqual(Date.parse(entries.at(-1)?.log_time ?? ''));
    const [looked] = (await pages.listOwnEntries(citizen, token)).entries;
    expect(looked).toMatchObject({ event: 'subject.listed', consumer: 'pages', purpose: OWN });
  });

  it('sees nothing of what concerns another person alone', async () => {
    const exchange = await prefilled();
    const other = signedIn();
    const token = await lookUp(OWN, asPerson(father), other);
    const { entries } = await pages.listOwnEntries(other, token);
    expect(entries.filter(({ exchange_id }) => exchange_id === exchange)).toEqual([]);
  });

  it('turns page after page and sees every entry once', async () => {
    const citizen = signedIn();
    const token = await lookUp(OWN, asPerson(mother), citizen);
    const inPagesOf = async (size: number): Promise<number[]> => {
      const seen: number[] = [];
      let next = '';
      do {
        const part = await pages.listOwnEntries(citizen, token, { size, token: next });
        seen.push(...part.entries.map(({ log_index }) => log_index));
        next = part.next;
      } while (next !== '');
      return seen;
    };
    // As many as there are by now: others prefill for her, too.
    const all = await inPagesOf(1000);
    const seen = await inPagesOf(7);
    // The first page begins with the look before.
    expect(seen.slice(1)).toEqual(all);
  });

  it('is not shown what the token of another citizen shows', async () => {
    const [citizen, other] = [signedIn(), signedIn()];
    const token = await lookUp(OWN, asPerson(mother), citizen);
    await expectLoggedRefusal('pages', async () => wire.call(METHOD, await request(other, token)), {
      reason: 'SUBJECT_TOKEN_INVALID',
    });
  });

  it('must be signed in at the level high, for the lookup and for the list', async () => {
    const low = signedIn({ assurance: 'substantial' });
    await expect(lookUp(OWN, asPerson(mother), low)).rejects.toMatchObject({ reason: 'TRIGGER_NOT_COVERING' });
    const high = { ...low, assurance: 'high' } as const;
    const token = await lookUp(OWN, asPerson(mother), high);
    await expectLoggedRefusal('pages', async () => wire.call(METHOD, await request(low, token)), {
      reason: 'ASSURANCE_TOO_LOW',
    });
  });

  it('hears the same whether there is nobody, or somebody whose data are blocked (IDNrG § 6 Abs. 5)', async () => {
    for (const person of [cast.blocked, { ...cast.mother, familyName: 'Nirgendwerth' }]) {
      const lookup = lookUp(OWN, asPerson(byAddress('person', person)), signedIn());
      await expect(lookup).rejects.toMatchObject({ reason: 'SUBJECT_NOT_AVAILABLE' });
    }
  });
});

describe('an officer at the pages (IDNrG § 9)', () => {
  it('is on record when they sign in, and searches with a reason; the person sees it afterwards', async () => {
    const inspecting = officer();
    const subjectToken = await lookUp(CONTROL, asPerson(mother), inspecting, GROUNDS);
    const from = await logSize();
    const { entries } = await pages.searchEntries(inspecting, { subjectToken, ...GROUNDS });
    expect((await logEntriesSince(from)).map(({ event, consumer: by, purpose }) => [event, by, purpose])).toEqual([
      ['session.opened', 'pages', null],
      ['subject.listed', 'pages', CONTROL],
    ]);
    expect(entries.length).toBeGreaterThan(0);
    await pages.searchEntries(inspecting, { subjectToken, ...GROUNDS });
    expect((await logEntriesSince(from)).map(({ event }) => event).slice(2)).toEqual(['subject.listed']);

    const citizen = signedIn();
    const own = await pages.listOwnEntries(citizen, await lookUp(OWN, asPerson(mother), citizen));
    const searches = own.entries.filter(({ log_index }) => log_index >= from);
    expect(searches.filter(({ purpose }) => purpose === CONTROL).map(({ event }) => event)).toEqual([
      'subject.listed',
      'subject.listed',
    ]);
  });

  it('searches somebody who is told of it later, at node and directory, and then by itself (BDSG § 34 Abs. 1 Nr. 1)', async () => {
    const inspecting = officer();
    const until = numericDate(Date.now()) + 12;
    const delayedNotice = { norm: NORM, until };
    const from = await logSize();
    const subjectToken = await lookUp(CONTROL, asPerson(student), inspecting, { ...GROUNDS, delayedNotice });
    const { entries } = await pages.searchEntries(inspecting, { subjectToken, ...GROUNDS });
    expect(entries.filter(({ told_from }) => told_from !== undefined).map(({ event }) => event)).toEqual([
      'identity.closed',
    ]);

    const citizen = signedIn();
    const own = { ...citizen, subject: await lookUp(OWN, asPerson(student), citizen) };
    const searches = async () => {
      const here = (await pages.listOwnEntries(citizen, own.subject)).entries.filter(
        ({ log_index }) => log_index >= from,
      );
      const directory = await directoryOf(own);
      return {
        here: here.filter(({ purpose }) => purpose === CONTROL).map(({ event }) => event),
        // Of this test alone: others may have searched for the same person.
        there: directory.filter(({ purpose, log_time }) => purpose === CONTROL && log_time >= began).length,
        index: here.find(({ purpose }) => purpose === CONTROL)?.log_index,
      };
    };
    const listed = (await logEntriesSince(from)).find(({ event }) => event === 'subject.listed');
    const began = new Date((until - 30) * 1000).toISOString();
    expect(await searches()).toEqual({ here: [], there: 0, index: undefined });
    const opened = pages.citizen.openEntry(own, Number(listed?.index));
    await expect(opened).rejects.toMatchObject({ reason: 'NOT_FOUND' });

    await sleep(until * 1000 - Date.now());
    expect(await eventually(searches, ({ here }) => here.length > 0)).toMatchObject({
      ...{ here: ['subject.listed', 'identity.closed'], there: 1 },
    });
    await expect(pages.citizen.openEntry(own, Number(listed?.index))).resolves.toBeDefined();
  }, 60_000);

  it.each([
    ['a norm that the catalogue does not name', { norm: 'BDSG § 99', until: numericDate(Date.now()) + 3600 }],
    ['longer than the norm may', { norm: NORM, until: numericDate(Date.now()) + 400 * 86_400 }],
  ])('keeps nothing from the person by %s', async (_case, delayedNotice) => {
    const search = lookUp(CONTROL, asPerson(mother), officer(), { ...GROUNDS, delayedNotice });
    await expect(search).rejects.toMatchObject({ reason: 'TRIGGER_NOT_COVERING' });
  });

  it('searches nobody without a reason and a file reference', async () => {
    const inspecting = officer();
    const subject_token = await lookUp(CONTROL, asPerson(mother), inspecting, GROUNDS);
    const asked = { ...(await request(inspecting, undefined)), subject_token, reason: 'kurz' };
    const refused = await expectRefusal(wire.call(METHOD, asked), { reason: 'REQUEST_INVALID' });
    expect(refused.violations.map(({ field }) => field)).toEqual(['reason', 'file_reference']);
  });

  it.each(['auditor', 'administrator'] as const)('may not be an %s', async (role) => {
    const session = officer({ role });
    const subjectToken = await lookUp(CONTROL, asPerson(mother), session, GROUNDS);
    const search = pages.searchEntries(session, { subjectToken, ...GROUNDS });
    await expect(search).rejects.toMatchObject({ reason: 'CALL_NOT_ALLOWED' });
  });
});

describe('a session token (design 8)', () => {
  it('is taken from the pages that signed it, and from no online service', async () => {
    const citizen = signedIn();
    const token = await lookUp(OWN, asPerson(mother), citizen);
    const proper = await request(citizen, token);
    await expectLoggedRefusal('familienkasse-online', () => familienkasse.call(METHOD, proper), {
      reason: 'CALL_NOT_ALLOWED',
    });
    await expect(wire.call(METHOD, proper)).resolves.toBeDefined();
  });

  it.each<[string, () => Promise<object>, 'SESSION_INVALID' | 'SESSION_EXPIRED']>([
    [
      'signed with another key of the pages',
      async () => ({ key: await readSigningKey(wire.profile.keys, 'attestation') }),
      'SESSION_INVALID',
    ],
    [
      'signed with the key of somebody else under its name',
      async () => ({ key: { ...familienkasse.keys.attestation, kid: 'pages-session-1' } }),
      'SESSION_INVALID',
    ],
    ['for another node', async () => ({ issuer: 'https://elsewhere.example' }), 'SESSION_INVALID'],
    ['of other pages', async () => ({ pages: 'familienkasse-online' }), 'SESSION_INVALID'],
    ['that has expired', async () => ({ nowMs: Date.now() - 610_000 }), 'SESSION_EXPIRED'],
  ])('%s is refused', async (_title, change, reason) => {
    const citizen = signedIn({ signedInAt: numericDate(Date.now()) - 3600 });
    const token = await lookUp(OWN, asPerson(mother), citizen);
    const asked = await request(citizen, token, await change());
    await expectLoggedRefusal('pages', () => wire.call(METHOD, asked), { reason });
  });

  it('is required, and goes beside the access token, not in its place', async () => {
    const refused = await expectRefusal(wire.call(METHOD, {}), { reason: 'REQUEST_INVALID' });
    expect(refused.violations.map(({ field }) => field)).toEqual(['session_token']);
    const citizen = signedIn();
    const asked = await request(citizen, await lookUp(OWN, asPerson(mother), citizen));
    const sent = { metadata: { authorization: `Bearer ${(asked as { session_token: string }).session_token}` } };
    const { entries } = await logged(() =>
      expectRefusal(wire.call(METHOD, asked, sent), { reason: 'ACCESS_TOKEN_INVALID' }),
    );
    expect(entries.map(({ event }) => event)).toEqual(['refused']);
  });
});
