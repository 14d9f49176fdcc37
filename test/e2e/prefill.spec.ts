import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Consumer, consumer, form } from '../support/e2e-consumer.js';
import { logged } from '../support/e2e-log.js';
import { mother, newborn } from '../support/e2e-people.js';

let familienkasse: Consumer;

beforeAll(async () => {
  familienkasse = await consumer('familienkasse-online');
});
afterAll(() => familienkasse.close());

describe('a form', () => {
  it('is filled', async () => {
    const applicants = [mother, newborn];
    const decisions = await familienkasse.decideAndGrant({ service: 'kindergeld', applicants });
    const { value, entries } = await logged(() => familienkasse.prefill(form('kindergeld', decisions, applicants)));
    expect(value.fields?.length).toBeGreaterThan(10);
    expect(entries.at(-1)?.outcome).toBe('partly_released');
  });
});
