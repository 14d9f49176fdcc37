import { afterEach, describe, expect, it } from '@jest/globals';
import { cast } from '../../src/demo/people/cast.js';
import { type Consumer, consumer, form } from '../support/e2e-consumer.js';
import { byAddress } from '../support/e2e-people.js';
import { expectRefusal } from '../support/e2e-refusal.js';
import { deployedCatalogue } from '../support/e2e-system.js';

const open: Consumer[] = [];
async function service(id: string): Promise<Consumer> {
  const opened = await consumer(id);
  open.push(opened);
  return opened;
}
afterEach(() => {
  for (const it of open.splice(0)) it.close();
});

const missing = (answer: Awaited<ReturnType<Consumer['prefill']>>) =>
  Object.fromEntries(
    (answer.not_delivered ?? []).map((it) => [
      `${it.evidence_type} ${it.subject_role}`,
      it.reason?.replace('ERROR_REASON_', ''),
    ]),
  );

describe('BAföG', () => {
  const persons = [
    byAddress('student', cast.student),
    byAddress('parent_1', cast.studentMother),
    byAddress('parent_2', cast.studentFather),
  ];

  it('is one case of several persons, each with decisions of their own; who does not decide is left out, and nobody else', async () => {
    const bafoeg = await service('bafoeg-online');
    const deciders = persons.slice(0, 2).map(({ role }) => role);
    const decisions = await Promise.all(
      deciders.map((role) =>
        bafoeg.decideAndGrant({
          service: 'bafoeg',
          applicants: persons,
          person: { decider: `pseudonym of ${role}`, chosen: ({ subject_role }) => subject_role === role },
        }),
      ),
    );
    expect(new Set(decisions.flat().map(({ decision }) => decision.acting))).toEqual(new Set(['SELF']));
    const answer = await bafoeg.prefill(form('bafoeg', decisions.flat(), persons));
    const names = answer.fields
      ?.filter(({ fim_id }) => fim_id === 'F60000228')
      .map((it) => [it.subject_role, it.value]);
    expect(names).toEqual([
      ['student', 'Łucja Ñandú'],
      ['parent_1', 'Ágnes'],
    ]);
    expect(answer.fields?.find(({ fim_id }) => fim_id === 'einmal:studium-studiengang')?.value).toBe(
      'Musterwissenschaft',
    );
    expect(missing(answer)).toEqual({
      'leistungsnachweis student': 'REGISTER_NOT_FOUND',
      'einkommensteuerbescheid parent_1': 'REGISTER_NOT_FOUND',
      'meldedaten parent_2': 'WITHHELD_BY_APPLICANT',
      'einkommensteuerbescheid parent_2': 'WITHHELD_BY_APPLICANT',
    });
  });
});

describe('Wohnsitzanmeldung', () => {
  const registrant = [byAddress('registrant', cast.mother)];
  const wish = { service: 'wohnsitzanmeldung', applicants: registrant } as const;

  it('needs the level of assurance "high" (BMeldDigiV § 4)', async () => {
    const wohnsitz = await service('wohnsitz-online');
    const decisions = await wohnsitz.decideAndGrant({ ...wish, person: { assurance: 'substantial' } });
    await expectRefusal(wohnsitz.prefill(form('wohnsitzanmeldung', decisions, registrant)), {
      reason: 'TRIGGER_NOT_COVERING',
    });
  });

  it('names those who move along only if the person assured to be entitled (BMG § 23 Abs. 4)', async () => {
    const wohnsitz = await service('wohnsitz-online');
    const person = { assurance: 'high' } as const;
    const along = (answer: Awaited<ReturnType<Consumer['prefill']>>) =>
      answer.fields?.filter(({ fim_id }) => fim_id?.startsWith('einmal:mitziehende-')).map(({ value }) => value);
    const alone = await wohnsitz.decideAndGrant({ ...wish, person, evidence: ['meldeschein'] });
    const answer = await wohnsitz.prefill(form('wohnsitzanmeldung', alone, registrant));
    expect(along(answer)).toEqual([]);
    expect(missing(answer)).toEqual({ 'meldeschein-familie registrant': 'WITHHELD_BY_APPLICANT' });

    const family = await wohnsitz.decideAndGrant({ ...wish, person });
    expect(along(await wohnsitz.prefill(form('wohnsitzanmeldung', family, registrant)))).toContain(
      'Jörn Ægir, Mia Łucja',
    );
  });
});

describe('Kfz-Zulassung', () => {
  it('gets the vehicle without its security codes, and nothing about a company', async () => {
    const kfz = await service('kfz-online');
    const holder = [byAddress('holder', cast.mother)];
    const decisions = await kfz.decideAndGrant({
      service: 'kfz-zulassung',
      applicants: holder,
      evidence: ['meldedaten', 'fahrzeug'],
    });
    const answer = await kfz.prefill(form('kfz-zulassung', decisions, holder));
    const vehicle = answer.evidence?.find(({ evidence_type }) => evidence_type === 'fahrzeug');
    const withheld = new Map(vehicle?.withheld?.map(({ attribute, norm }) => [attribute, norm]));
    expect(withheld.get('certificate_1_code')).toContain('FZV §§ 18 to 22');
    expect(withheld.has('plate')).toBe(false);
    expect(missing(answer)).toEqual({ 'handelsregister-auszug company': 'WITHHELD_BY_APPLICANT' });
  });
});

describe('a register that is described and not connected', () => {
  it('is no route', async () => {
    const elterngeld = await service('elterngeld-online');
    await expectRefusal(elterngeld.call('CatalogueService/FindRoute', { evidence_type: 'entgelt' }), {
      reason: 'REGISTER_NOT_FOUND',
    });
  });
});

describe('a route that is asked for', () => {
  type Found = Readonly<{
    register?: string;
    needs_parameter?: string;
    catalogue_version?: string;
    fresh_until_time?: object;
  }>;
  const find = async (request: object) => {
    const familienkasse = await service('familienkasse-online');
    return familienkasse.call<Found>('CatalogueService/FindRoute', { evidence_type: 'meldedaten', ...request });
  };

  it('leads to the competent register, by a version, and is fresh for a minute', async () => {
    const { register, catalogue_version, fresh_until_time } = await find({ ars: '040110000000' });
    expect([register, catalogue_version]).toEqual(['melderegister-bremen', deployedCatalogue().catalogue.version]);
    const left = Number(Reflect.get(fresh_until_time ?? {}, 'seconds')) * 1000 - Date.now();
    expect(left).toBeLessThanOrEqual(60_000);
  });

  it('says what it needs, and takes no day that is none', async () => {
    expect(await find({})).toMatchObject({ needs_parameter: 'ars' });
    expect(await find({ ars: '040110000000', key_date: '9999-01-01' })).toMatchObject({ needs_parameter: 'key_date' });
    await expectRefusal(find({ ars: '04', key_date: 'yesterday' }), { reason: 'REQUEST_INVALID' });
  });
});
