import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Applicant } from '../../src/client/applicant.js';
import { toPrefillAnswer } from '../../src/client/prefill-answer.js';
import { cast } from '../../src/demo/people/cast.js';
import type { PrefillAnswer } from '../../src/verify/answer.js';
import { verifyAnswer } from '../../src/verify/verify-answer.js';
import { type Consumer, consumer, form } from '../support/e2e-consumer.js';
import { logged } from '../support/e2e-log.js';
import { byAddress, byName, byNumber, mother, newborn } from '../support/e2e-people.js';
import { e2eSystem } from '../support/e2e-system.js';

const FAMILY_NAME = 'F60000227';

let familienkasse: Consumer;

beforeAll(async () => {
  familienkasse = await consumer('familienkasse-online');
});
afterAll(() => familienkasse.close());

async function fill(applicants: readonly Applicant[], evidence?: readonly string[]): Promise<PrefillAnswer> {
  const wish = { service: 'kindergeld', applicants, ...(evidence === undefined ? {} : { evidence }) };
  const decisions = await familienkasse.decideAndGrant(wish);
  const answer = toPrefillAnswer(await familienkasse.prefill(form('kindergeld', decisions, applicants)));
  const asked = decisions.map(({ trigger_id, decision }) => ({
    ...decision,
    trigger_id,
    subject_role: decision.subject.role,
  }));
  const { faults } = await verifyAnswer(answer, { consumer: familienkasse.id, decisions: asked }, e2eSystem().trust);
  expect(faults).toEqual([]);
  return answer;
}

/** Value of a field by its label, in the role. */
const valuesOf = (answer: PrefillAnswer, role: string) =>
  Object.fromEntries(answer.fields.filter((it) => it.subject_role === role).map(({ label, value }) => [label, value]));

describe('a form', () => {
  it('is filled from three registers, says what is missing, and leaves pairs in the log', async () => {
    const { value: answer, entries } = await logged(() => fill([mother, newborn]));
    expect(new Set(answer.fields.map(({ source }) => source.register))).toEqual(
      new Set(['melderegister-bremen', 'personenstand-bremen', 'familienkasse-register']),
    );
    expect(answer.not_delivered.map(({ evidence_type, reason }) => [evidence_type, reason])).toEqual([
      ['auslaendische-familienleistung', 'REGISTER_NOT_FOUND'],
    ]);
    expect(answer.not_delivered[0]?.manual).not.toBe('');
    const after = entries.slice(entries.findLastIndex(({ event }) => event === 'trigger.granted') + 1);
    expect(after.map(({ event, outcome }) => [event, outcome].filter((it) => it !== null).join(' '))).toEqual([
      ...['identity.opened', 'identity.closed', 'identity.opened', 'identity.closed'],
      ...['retrieval.opened', 'retrieval.opened', 'retrieval.opened'],
      ...['retrieval.closed released', 'retrieval.closed released', 'retrieval.closed released'],
      'exchange.closed partly_released',
    ]);
  });

  it('never holds an identification number (IDNrG § 5)', async () => {
    const answer = JSON.stringify(await fill([mother, newborn]));
    for (const { idnr } of [cast.mother, cast.newborn]) expect(answer).not.toContain(String(idnr));
    const tokens = (JSON.parse(answer) as PrefillAnswer).evidence.map(({ sd_jwt }) =>
      sd_jwt
        .split(/[.~]/)
        .map((part) => Buffer.from(part, 'base64url').toString('utf8'))
        .join(' '),
    );
    for (const { idnr } of [cast.mother, cast.newborn]) expect(tokens.join(' ')).not.toContain(String(idnr));
  });

  it('finds the same person by each of the three key sets (IDNrG § 6 Abs. 3)', async () => {
    const keys = [byAddress, byName, byNumber].map((by) => by('parent', cast.mother));
    const answers: PrefillAnswer[] = [];
    for (const parent of keys) answers.push(await fill([parent], ['meldedaten']));
    const [first, ...others] = answers.map((answer) => valuesOf(answer, 'parent'));
    expect(Object.keys(first ?? {})).toContain('Familienname');
    for (const other of others) expect(other).toEqual(first);
  });

  it('finds a person by a retired number of theirs', async () => {
    const [retired = ''] = cast.retiredDuplicate.retiredIdnrs;
    const answer = await fill([byNumber('parent', { ...cast.retiredDuplicate, idnr: retired })], ['meldedaten']);
    expect(valuesOf(answer, 'parent')).toMatchObject({ Familienname: cast.retiredDuplicate.familyName });
  });

  it('leaves open what a register does not know of a birth date', async () => {
    const yearOnly = valuesOf(await fill([byAddress('parent', cast.partialBirthDate)], ['meldedaten']), 'parent');
    const yearAndMonth = valuesOf(await fill([byAddress('parent', cast.birthMonthOnly)], ['meldedaten']), 'parent');
    const dateOf = (values: Readonly<Record<string, string>>) =>
      Object.entries(values).flatMap(([label, value]) =>
        /Geburt.*(Tag|Monat|Jahr)|(Tag|Monat|Jahr).*Geburt/i.test(label) ? [value] : [],
      );
    expect(dateOf(yearOnly)).toEqual(['1971']);
    expect(dateOf(yearAndMonth)).toEqual(['07', '1974']);
  });

  it('takes an address abroad', async () => {
    const { address, familyName } = cast.foreignAddress;
    const values = valuesOf(await fill([byName('parent', cast.foreignAddress)], ['meldedaten']), 'parent');
    expect(Object.values(values)).toEqual(
      expect.arrayContaining([familyName, address.street, address.postcode, address.town, address.country]),
    );
  });

  it('shows both where registers disagree, and merges nothing (design 3)', async () => {
    const answer = await fill([byAddress('parent', cast.conflicting), byAddress('child', cast.conflictingChild)]);
    const disputed = answer.fields.filter(({ alternatives }) => alternatives.length > 0);
    expect(
      disputed.map(({ subject_role, value, alternatives }) => [subject_role, value, alternatives[0]?.value]),
    ).toEqual([['child', cast.conflictingChild.familyName, cast.conflictingChild.melderegisterDeviation.familyName]]);
    const [field] = disputed;
    expect([field?.source.register, field?.alternatives[0]?.source.register]).toEqual([
      'personenstand-bremen',
      'melderegister-bremen',
    ]);
  });

  it('leaves to the applicants what they bring themselves (EGovG § 5 Abs. 1)', async () => {
    const answer = await fill([mother, newborn], ['geburt']);
    expect(new Set(answer.fields.map(({ source }) => source.register))).toEqual(new Set(['personenstand-bremen']));
    const brought = answer.not_delivered.filter(({ reason }) => reason === 'WITHHELD_BY_APPLICANT');
    expect(brought.map(({ evidence_type }) => evidence_type)).toEqual([
      'meldedaten',
      'kindergeld-bezug',
      'auslaendische-familienleistung',
    ]);
    expect(brought.every(({ manual }) => manual !== '')).toBe(true);
  });

  it('of the other service is filled with the fields of its own law (BEEG § 25)', async () => {
    const elterngeld = await consumer('elterngeld-online');
    const applicants = [mother, newborn];
    const decisions = await elterngeld.decideAndGrant({ service: 'elterngeld', applicants });
    const answer = toPrefillAnswer(await elterngeld.prefill(form('elterngeld', decisions, applicants)));
    elterngeld.close();
    expect(answer.fields.length).toBeGreaterThan(10);
    expect(answer.evidence.map(({ evidence_type }) => evidence_type).toSorted()).toEqual(['geburt', 'meldedaten']);
    expect(answer.fields.filter(({ fim_id }) => fim_id === FAMILY_NAME)).toHaveLength(1);
  });

  it('that nobody is named for is refused, and nothing is asked', async () => {
    const request = { request_id: randomUUID(), service: 'kindergeld', subjects: [], trigger_ids: [] };
    const { entries } = await logged(() => expect(familienkasse.prefill(request)).rejects.toMatchObject({ code: 3 }));
    expect(entries.map(({ event }) => event)).toEqual(['refused']);
  });
});
