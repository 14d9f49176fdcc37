import { describe, expect, it } from '@jest/globals';
import type { OnlineService } from '../../src/catalogue/catalogue.js';
import { whyNotDeciding } from '../../src/consent/representation.js';
import { type Decision, representationOf } from '../../src/tokens/attestation.js';
import { aDecision } from '../support/builders.js';

type Subject = OnlineService['subjects'][number];

const title = { de: 'x' };
const child: Subject = { role: 'child', title, represented_by: 'parent', representation: ['custody', 'guardianship'] };
const baby: Subject = { role: 'child', title, represented_by: 'parent' };
const student: Subject = {
  ...{ role: 'student', title, may_be_represented_by: 'representative', representation: ['power-of-attorney'] },
};
const adult: Subject = { role: 'parent', title };

const self = { acting: 'SELF' } as const;
const represented = (decider_role: string, representation?: Decision['representation']) => ({
  ...({ acting: 'REPRESENTATIVE', decider_role } as const),
  ...(representation === undefined ? {} : { representation }),
});

describe('who may have decided, as a service has it (design 4)', () => {
  it.each<readonly [what: string, subject: Subject, decision: Partial<Decision>, rule: string | undefined]>([
    ['a parent by custody', child, represented('parent', 'custody'), undefined],
    ['a parent who does not say by what: custody', child, represented('parent'), undefined],
    ['a guardian', child, represented('parent', 'guardianship'), undefined],
    ['a guardian where the service knows custody only', baby, represented('parent', 'guardianship'), 'virtue of guard'],
    ['by a power of attorney for a child', child, represented('parent', 'power-of-attorney'), 'virtue of power-of'],
    ['a child for itself', child, self, 'their representative decides'],
    ['somebody in another role for a child', child, represented('aunt', 'custody'), 'their representative decides'],
    ['somebody of age for themself', student, self, undefined],
    ['whom they authorised', student, represented('representative', 'power-of-attorney'), undefined],
    ['a carer where the service knows none', student, represented('representative', 'care'), 'virtue of care'],
    ['somebody in another role', student, represented('parent', 'power-of-attorney'), 'nobody else decides'],
    ['somebody for a person whom nobody represents', adult, represented('child', 'custody'), 'nobody else decides'],
    ['a person whom nobody represents', adult, self, undefined],
    ['an authority by its task', child, { acting: 'AUTHORITY' }, undefined],
  ])('%s', (_what, subject, decision, rule) => {
    const why = whyNotDeciding(aDecision(decision), [subject]);
    if (rule === undefined) expect(why).toBeUndefined();
    else expect(why).toContain(rule);
  });

  it('is held against the directory alone where no service names the role', () => {
    expect(whyNotDeciding(aDecision(represented('parent', 'care')), [])).toBeUndefined();
  });

  it('is said by the decision only where somebody else decided', () => {
    expect(representationOf(aDecision({ representation: 'care' }))).toBeUndefined();
    expect(representationOf(aDecision(represented('parent')))).toBe('custody');
    expect(representationOf(aDecision(represented('parent', 'care')))).toBe('care');
  });
});
