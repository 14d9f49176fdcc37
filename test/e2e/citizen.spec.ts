import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Citizen } from '../../src/client/citizen-calls.js';
import { connectPages, type PagesConnection } from '../../src/client/pages-connection.js';
import { withClient } from '../../src/demo/database.js';
import { cast } from '../../src/demo/people/cast.js';
import { lookupText } from '../../src/pages/session/shown-lookup.js';
import { numericDate } from '../../src/platform/clock.js';
import { type Consumer, consumer, form } from '../support/e2e-consumer.js';
import { logEntriesSince, logged, logSize } from '../support/e2e-log.js';
import { byAddress, byName, mother, newborn } from '../support/e2e-people.js';
import { expectLoggedRefusal, expectRefusal } from '../support/e2e-refusal.js';
import { deployedCatalogue, e2eSystem, named } from '../support/e2e-system.js';

const OWN = 'datenauskunft';
const REMARK = 'Ich heiße seit der Hochzeit anders.\nDie Urkunde liegt vor.';

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
const father = byName('parent', cast.father);

async function signIn({ person }: typeof mother): Promise<Citizen> {
  const signedIn = {
    ...({ id: random(), role: 'citizen', assurance: 'high', actor: `actor-${random()}` } as const),
    signedInAt: numericDate(Date.now()) - 30,
  };
  const { hash: textHash } = lookupText(deployedCatalogue(), OWN, 'de');
  return { ...signedIn, subject: await pages.lookUp(OWN, { role: 'person', person }, signedIn, { textHash }) };
}

/** Half a second is little for a busy machine: asked again until nobody is late. */
async function answersOf(citizen: Citizen, wish: Parameters<PagesConnection['citizen']['askRegisters']>[1] = {}) {
  for (let left = 20; ; left -= 1) {
    const answers = await pages.citizen.askRegisters(citizen, wish);
    if (left === 0 || answers.every(({ state }) => state !== 'unreachable')) return answers;
  }
}

async function prefilled(): Promise<string> {
  const applicants = [mother, newborn];
  const decisions = await familienkasse.decideAndGrant({ service: 'kindergeld', applicants });
  const { exchange_id = '' } = await familienkasse.prefill(form('kindergeld', decisions, applicants));
  return exchange_id;
}

async function releasedTo(citizen: Citizen, exchange: string, evidence: string) {
  const { entries } = await pages.listOwnEntries(citizen, citizen.subject);
  const found = entries.find(
    (it) => it.exchange_id === exchange && it.event === 'retrieval.closed' && it.evidence_type === evidence,
  );
  if (found === undefined) throw new Error('nothing of this was released');
  return found;
}

/** Behind the scenes, as the owner of a register's own database. */
async function linesOf(register: string, event: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
  return withClient(named(e2eSystem().databases, register), async (client) => {
    const { rows } = await client.query('select * from edge.log where event = $1 order by sequence', [event]);
    return rows;
  });
}

describe('a citizen asks the registers (OZG § 10)', () => {
  it('sees what each has on record about them, which have nothing, and which must not be asked', async () => {
    await prefilled();
    const citizen = await signIn(mother);
    const { entries } = await logged(() => pages.citizen.askRegisters(citizen, {}));
    const answers = await answersOf(citizen);
    expect(entries.map(({ event, consumer: by }) => [event, by])).toEqual([['subject.inquired', 'pages']]);
    const of = (register: string) => answers.find((it) => it.register === register);
    expect(of('melderegister-bremen')).toMatchObject({ state: 'entries', not_asked: '' });
    const given = of('melderegister-bremen')?.entries.find(({ event }) => event === 'exchange');
    expect(given).toMatchObject({
      ...{ consumer: 'familienkasse-online', evidence_type: 'meldedaten', purpose: 'kindergeld-antrag' },
      ...{ outcome: 'answered', reason: '' },
    });
    expect(given?.attributes).toContain('birth_date');
    expect(Date.parse(of('melderegister-bremen')?.reaches_back_to ?? '')).toBeLessThanOrEqual(Date.now());
    // The lookup by which she was found is a line of the directory.
    expect(of('identity-directory')?.entries.map(({ purpose }) => purpose)).toContain(OWN);
    expect(of('handelsregister')).toMatchObject({ state: 'not_asked', not_asked: 'number_not_permitted' });
    expect(answers.filter(({ state }) => state === 'unreachable')).toEqual([]);
  });

  it('finds the look itself the next time, at the register too', async () => {
    const citizen = await signIn(mother);
    const only = { registers: ['personenstand-bremen'] };
    await answersOf(citizen, only);
    const answers = await answersOf(citizen, only);
    const asked = answers.filter(({ state }) => state !== 'not_asked');
    expect(asked.map(({ register }) => register)).toEqual(['personenstand-bremen']);
    expect(asked[0]?.entries.slice(0, 2).map(({ event }) => event)).toEqual(['subject-read', 'subject-read']);
    expect(answers.find(({ register }) => register === 'zfzr')?.not_asked).toBe('not_chosen');
    const lines = await linesOf('personenstand-bremen', 'subject-read');
    expect(lines.at(-1)).toMatchObject({ caller: 'node', consumer: 'pages', purpose: OWN, outcome: 'answered' });
    const { entries } = await pages.listOwnEntries(citizen, citizen.subject);
    expect(entries[0]?.event).toBe('subject.inquired');
  });

  it('is given nothing about another person', async () => {
    const exchange = await prefilled();
    const other = await signIn(father);
    const answers = await answersOf(other, { registers: ['familienkasse-register'] });
    const [answer] = answers.filter(({ state }) => state !== 'not_asked');
    expect(answer?.entries.filter(({ event }) => event === 'exchange')).toEqual([]);
    const { log_index } = await releasedTo(await signIn(mother), exchange, 'meldedaten');
    await expect(pages.citizen.openEntry(other, log_index)).rejects.toMatchObject({ reason: 'NOT_FOUND' });
    const report = { reportId: randomUUID(), logIndex: log_index, attribute: 'birth_date', remark: REMARK };
    await expect(pages.citizen.reportDiscrepancy(other, report)).rejects.toMatchObject({ reason: 'NOT_FOUND' });
    await expect(pages.citizen.withdrawDecision(other, log_index)).rejects.toMatchObject({ reason: 'NOT_FOUND' });
  });

  it('turns page after page of one register', async () => {
    const citizen = await signIn(mother);
    const registers = ['melderegister-bremen'];
    const first = (await answersOf(citizen, { registers, size: 1 })).find((it) => it.next !== '');
    const second = (await answersOf(citizen, { registers, size: 1, token: first?.next ?? '' })).find(
      ({ state }) => state === 'entries',
    );
    expect(second?.entries).toHaveLength(1);
    expect(second?.entries[0]?.log_time).not.toBe(first?.entries[0]?.log_time);
    await expect(pages.citizen.askRegisters(citizen, { token: first?.next ?? '' })).rejects.toMatchObject({
      reason: 'REQUEST_INVALID',
    });
  });

  it('must be signed in as a citizen, at the level high, at the pages that call', async () => {
    const citizen = await signIn(mother);
    await expect(pages.citizen.askRegisters({ ...citizen, assurance: 'substantial' }, {})).rejects.toMatchObject({
      reason: 'ASSURANCE_TOO_LOW',
    });
    await expect(pages.citizen.askRegisters({ ...citizen, actor: `actor-${random()}` }, {})).rejects.toMatchObject({
      reason: 'SUBJECT_TOKEN_INVALID',
    });
    await expectLoggedRefusal(
      familienkasse.id,
      () => familienkasse.call('CitizenService/AskRegisters', { session_token: 'a.b.c' }),
      { reason: 'CALL_NOT_ALLOWED' },
    );
    await expectRefusal(wire.call('CitizenService/AskRegisters', {}), { reason: 'REQUEST_INVALID' });
  });
});

describe('one entry about a citizen', () => {
  it('is opened with the names of what was given, and a proof; opening it is an entry', async () => {
    const exchange = await prefilled();
    const citizen = await signIn(mother);
    const { log_index } = await releasedTo(citizen, exchange, 'meldedaten');
    const from = await logSize();
    const { receipt, attributes } = await pages.citizen.openEntry(citizen, log_index);
    expect(receipt.log_index).toBe(log_index);
    expect(attributes).toContain('birth_date');
    expect(receipt.opening.caller).toMatchObject({ consumer: 'familienkasse-online', outcome: 'released' });
    expect((await logEntriesSince(from)).map(({ event }) => event)).toEqual(['record.opened']);
  });
});

describe('decisions of a citizen (GDPR Art. 7 (3))', () => {
  it('that an online service attested are found once they were used, and are withdrawn at once', async () => {
    await prefilled();
    const citizen = await signIn(mother);
    const { decisions } = await pages.citizen.listDecisions(citizen, { size: 1000 });
    const used = decisions.find(({ evidence_type, state }) => evidence_type === 'meldedaten' && state === 'used');
    expect(used).toMatchObject({
      requester: 'familienkasse-online',
      attester: 'familienkasse-online',
      revocable: true,
    });
    expect(await pages.citizen.withdrawDecision(citizen, used?.log_index ?? -1)).toBe('withdrawn');
    expect(await pages.citizen.withdrawDecision(citizen, used?.log_index ?? -1)).toBe('withdrawn');
    const after = await pages.citizen.listDecisions(citizen, { size: 1000 });
    expect(after.decisions.find(({ trigger_id }) => trigger_id === used?.trigger_id)).toMatchObject({
      state: 'withdrawn',
      revocable: false,
    });
  });

  it('that were never used are found by the pseudonym of one that was, and withdrawn; those of others are not', async () => {
    const applicants = [mother, newborn];
    const wish = { service: 'kindergeld', applicants, person: { decider: `pseudonym-${random()}` } };
    const decisions = await familienkasse.decideAndGrant(wish);
    await familienkasse.prefill(form('kindergeld', decisions, applicants));
    const [unused] = (await familienkasse.decideAndGrant(wish)).filter(
      ({ decision }) => decision.evidence_type === 'meldedaten',
    );
    const of = async (citizen: Citizen) => (await pages.citizen.listDecisions(citizen, { size: 1000 })).decisions;
    const citizen = await signIn(mother);
    const found = (await of(citizen)).find(({ trigger_id }) => trigger_id === unused?.trigger_id);
    expect(found).toMatchObject({ state: 'active', revocable: true });
    const stranger = await signIn(byAddress('parent', cast.father));
    expect((await of(stranger)).map(({ trigger_id }) => trigger_id)).not.toContain(unused?.trigger_id);
    await expect(pages.citizen.withdrawDecision(stranger, found?.log_index ?? -1)).rejects.toMatchObject({
      reason: 'NOT_FOUND',
    });
    expect(await pages.citizen.withdrawDecision(citizen, found?.log_index ?? -1)).toBe('withdrawn');
  });

  it('the lookup itself is one of them: withdrawn, it ends what rests on it', async () => {
    const citizen = await signIn(mother);
    const { decisions } = await pages.citizen.listDecisions(citizen, { size: 1000 });
    const lookup = decisions.find(({ attester, state }) => attester === 'pages' && state === 'used');
    await pages.citizen.withdrawDecision(citizen, lookup?.log_index ?? -1);
    await expect(pages.citizen.askRegisters(citizen, {})).rejects.toMatchObject({ reason: 'TRIGGER_WITHDRAWN' });
  });
});

describe('a datum that seems to be wrong (IDNrG § 10)', () => {
  it('is reported to its register, on record at both sides, and its state is asked for', async () => {
    const exchange = await prefilled();
    const citizen = await signIn(mother);
    const { log_index } = await releasedTo(citizen, exchange, 'meldedaten');
    const report = { reportId: randomUUID(), logIndex: log_index, attribute: 'family_name', remark: REMARK };
    const from = await logSize();
    const index = await pages.citizen.reportDiscrepancy(citizen, report);
    expect((await logEntriesSince(from)).map(({ event, register }) => [event, register])).toEqual([
      ['discrepancy.reported', 'melderegister-bremen'],
    ]);
    expect((await linesOf('melderegister-bremen', 'discrepancy')).at(-1)).toMatchObject({
      ...{ caller: 'node', outcome: 'answered', attributes: ['family_name'], evidence_type: 'meldedaten' },
    });
    expect(await pages.citizen.discrepancy(citizen, index)).toMatchObject({
      ...{ register: 'melderegister-bremen', attribute: 'family_name', state: 'received', explanation: '' },
    });
    // The same again is the same report; another one under its name is refused.
    await pages.citizen.reportDiscrepancy(citizen, report);
    await expect(
      pages.citizen.reportDiscrepancy(citizen, { ...report, remark: 'etwas anderes' }),
    ).rejects.toMatchObject({ reason: 'NOT_FOUND' });
    await expect(
      pages.citizen.reportDiscrepancy(citizen, { ...report, reportId: randomUUID(), attribute: 'never_given' }),
    ).rejects.toMatchObject({ reason: 'NOT_FOUND' });
    await expect(pages.citizen.discrepancy(await signIn(father), index)).rejects.toMatchObject({ reason: 'NOT_FOUND' });
  });

  it('is reported by who got it, too, and the person finds that entry', async () => {
    const exchange = await prefilled();
    const citizen = await signIn(mother);
    const { log_index } = await releasedTo(citizen, exchange, 'meldedaten');
    const request = {
      request_id: randomUUID(),
      evidence_id: randomUUID(),
      attribute: 'family_name',
      remark: REMARK,
      log_index: String(log_index),
    };
    const answer = await familienkasse.call('EvidenceService/ReportDiscrepancy', request);
    expect(answer).toMatchObject({ report_id: request.request_id });
    const { entries } = await pages.listOwnEntries(citizen, citizen.subject);
    expect(entries[0]).toMatchObject({ event: 'discrepancy.reported', consumer: 'familienkasse-online' });
    const elterngeld = await consumer('elterngeld-online');
    try {
      await expectRefusal(elterngeld.call('EvidenceService/ReportDiscrepancy', request), { reason: 'NOT_FOUND' });
    } finally {
      elterngeld.close();
    }
  });
});
