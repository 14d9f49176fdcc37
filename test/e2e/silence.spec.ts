import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cast } from '../../src/demo/people/cast.js';
import { type Consumer, consumer, form } from '../support/e2e-consumer.js';
import { byAddress, byName, byNumber, mother, newborn } from '../support/e2e-people.js';
import { CAST_DICTIONARY, e2eSystem, operationalLogOf } from '../support/e2e-system.js';

let familienkasse: Consumer;

beforeAll(async () => {
  familienkasse = await consumer('familienkasse-online');
});
afterAll(() => familienkasse.close());

describe('the operational logs of all processes', () => {
  it('name nobody, after answers and refusals of every kind (BSI TR-03176: separate logs)', async () => {
    const persons = [
      mother,
      byName('parent', cast.namesakes[0]),
      byNumber('parent', cast.withoutRecord),
      byAddress('parent', cast.blocked),
    ];
    for (const parent of persons) {
      const applicants = [parent, newborn];
      const decisions = await familienkasse.decideAndGrant({ service: 'kindergeld', applicants });
      await familienkasse.prefill(form('kindergeld', decisions, applicants)).catch(() => undefined);
    }
    for (const process of Object.keys(e2eSystem().logs)) {
      const text = operationalLogOf(process);
      expect(text.length).toBeGreaterThan(0);
      expect([process, ...CAST_DICTIONARY.filter((personal) => text.includes(personal))]).toEqual([process]);
    }
  });
});
