import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Representation } from '../../src/catalogue/catalogue.js';
import type { Applicant } from '../../src/client/applicant.js';
import { cast } from '../../src/demo/people/cast.js';
import type { Person } from '../../src/demo/people/person.js';
import { type Consumer, consumer, form, retrieval } from '../support/e2e-consumer.js';
import { byAddress, byName, byNumber } from '../support/e2e-people.js';
import { expectRefusal, personalData } from '../support/e2e-refusal.js';

let bafoeg: Consumer;
let familienkasse: Consumer;
beforeAll(async () => {
  bafoeg = await consumer('bafoeg-online');
  familienkasse = await consumer('familienkasse-online');
});
afterAll(() => {
  bafoeg.close();
  familienkasse.close();
});

const student = byAddress('student', cast.student);

/** Asks for the certificate of enrolment of the student; somebody else decides by virtue of something. */
async function decidedBy(person: Person, by: Representation) {
  const applicants = [byAddress('representative', person), student];
  const decisions = await bafoeg.decideAndGrant({
    ...{ service: 'bafoeg', applicants, evidence: ['studienbescheinigung'] },
    person: { represents: { student: by } },
  });
  return bafoeg.retrieve(retrieval(decisions, applicants));
}

describe('who decides for a person of age, by virtue of a power of attorney (design 4)', () => {
  it('gets the evidence when the directory confirms it', async () => {
    await expect(decidedBy(cast.studentMother, 'power-of-attorney')).resolves.toMatchObject({
      state: 'EXCHANGE_STATE_COMPLETE',
      evidence: [{ evidence_type: 'studienbescheinigung', subject_role: 'student' }],
    });
  });

  it('gets one and the same neutral answer when it has ended, is of another kind, or never was', async () => {
    const asked: readonly (readonly [Person, Representation])[] = [
      [cast.studentFather, 'power-of-attorney'],
      [cast.studentMother, 'care'],
      [cast.widow, 'power-of-attorney'],
    ];
    const refused = [];
    for (const [person, by] of asked)
      refused.push(
        await expectRefusal(decidedBy(person, by), { reason: 'SUBJECT_NOT_AVAILABLE' }, personalData([student])),
      );
    for (const { bytes } of refused) expect(bytes).toEqual(refused[0]?.bytes);
  });

  it('is refused what the service does not take: custody of somebody of age', async () => {
    const { info } = await expectRefusal(decidedBy(cast.studentMother, 'custody'), { reason: 'TRIGGER_NOT_COVERING' });
    expect(info.rule).toBe('the service takes no decision by virtue of custody');
  });
});

describe('who decides for a child', () => {
  const looked = async (applicants: readonly Applicant[], by: Representation) => {
    const decisions = await familienkasse.decideAndGrant({
      ...{ service: 'kindergeld', applicants, evidence: ['geburt'] },
      person: { represents: { child: by } },
    });
    const identity = decisions.filter(({ decision }) => decision.evidence_type === 'identity');
    const { ars: _, ...request } = form('kindergeld', identity, applicants);
    return familienkasse.resolve(request);
  };
  const child = byName('child', cast.childOfParentAbroad);

  it('is a parent, or a guardian, as the directory confirms', async () => {
    const roles = { subjects: [{ role: 'parent' }, { role: 'child' }] };
    await expect(
      looked([byAddress('parent', cast.parentOfChildWithParentAbroad), child], 'custody'),
    ).resolves.toMatchObject(roles);
    await expect(looked([byNumber('parent', cast.widow), child], 'guardianship')).resolves.toMatchObject(roles);
  });

  it.each<readonly [Person, Representation]>([
    [cast.widow, 'custody'],
    [cast.parentOfChildWithParentAbroad, 'guardianship'],
    [cast.retiredDuplicate, 'guardianship'],
  ])('is nobody else, whatever they say to be (%#)', async (person, by) => {
    await expectRefusal(looked([byNumber('parent', person), child], by), { reason: 'SUBJECT_NOT_AVAILABLE' });
  });

  it('does not do so by a power of attorney, as the service has it', async () => {
    await expectRefusal(looked([byNumber('parent', cast.widow), child], 'power-of-attorney'), {
      reason: 'TRIGGER_NOT_COVERING',
    });
  });
});
