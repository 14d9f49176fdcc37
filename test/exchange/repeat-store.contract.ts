import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { SealedAnswers } from '../../src/consent/sealed-answers.js';
import type { RepeatStore } from '../../src/exchange/repeat-store.js';

/** The sentences of the doc comment of RepeatStore, one test each; `answers` destroys by withdrawal what the store keeps. */
export function repeatStoreContract(
  create: () => Promise<Readonly<{ store: RepeatStore; answers: SealedAnswers }>>,
): void {
  let store: RepeatStore;
  let answers: SealedAnswers;
  let id: string;
  beforeEach(async () => {
    ({ store, answers } = await create());
    id = randomUUID();
  });
  const later = () => Date.now() + 60_000;
  const begin = (fingerprint = 'content', consumer = 'a', expiresAt = later(), triggers: readonly string[] = []) =>
    store.begin(consumer, id, fingerprint, expiresAt, triggers);

  describe('begin', () => {
    it('claims an id for one of those who begin at the same moment; the others wait', async () => {
      const kinds = await Promise.all(Array.from({ length: 8 }, async () => (await begin()).kind));
      expect(kinds.sort()).toEqual(['first', ...Array.from({ length: 7 }, () => 'in-progress')]);
    });

    it('gives the sealed first answer to the same content', async () => {
      await begin();
      await store.restsOn('a', id, ['t']);
      expect((await begin()).kind).toBe('in-progress');
      await store.answered('a', id, 'sealed');
      expect(await begin()).toEqual({ kind: 'answered', sealed: 'sealed', triggers: ['t'] });
    });

    it('tells other content, before and after the answer', async () => {
      await begin();
      expect(await begin('other')).toEqual({ kind: 'other-content' });
      await store.answered('a', id, 'sealed');
      expect(await begin('other')).toEqual({ kind: 'other-content' });
    });

    it('knows an id per consumer: another may use the same', async () => {
      await begin();
      expect(await begin('content', 'b')).toEqual({ kind: 'first' });
    });

    it('knows nothing any more after its time', async () => {
      await begin('content', 'a', Date.now() - 1000, ['t']);
      await store.answered('a', id, 'sealed');
      expect(await begin('other', 'a', later(), ['u'])).toEqual({ kind: 'first' });
      await answers.destroyByTrigger(['t']);
      expect((await begin('other')).kind).toBe('in-progress');
      await answers.destroyByTrigger(['u']);
      expect((await begin('other')).kind).toBe('first');
    });
  });

  it('lets an id be used again whose request failed', async () => {
    await begin();
    await store.forget('a', id);
    expect(await begin('other')).toEqual({ kind: 'first' });
  });

  it('forgets one request only', async () => {
    await begin();
    await begin('content', 'b');
    await store.forget('a', id);
    expect(await begin('content', 'b')).toEqual({ kind: 'in-progress' });
  });

  it('tidies away what is over and nothing else', async () => {
    await begin();
    await store.destroyExpired();
    expect((await begin()).kind).toBe('in-progress');
  });

  describe('a withdrawal (design 4, 8)', () => {
    it.each([
      ['as the request named it', async () => void (await begin('content', 'a', later(), ['t1', 't2']))],
      [
        'as it turned out',
        async () => {
          await begin('content', 'a', later(), ['t3']);
          await store.restsOn('a', id, ['t1', 't2']);
        },
      ],
    ])('destroys the answers that rest on it, and no others: %s', async (_case, started) => {
      await started();
      await store.answered('a', id, 'sealed');
      await answers.destroyByTrigger(['t3']);
      expect((await begin()).kind).toBe('answered');
      await answers.destroyByTrigger(['t2', 't9']);
      expect((await begin()).kind).toBe('first');
    });

    it('while the request runs lets its answer not be kept', async () => {
      await begin('content', 'a', later(), ['t1']);
      await answers.destroyByTrigger(['t1']);
      await store.answered('a', id, 'sealed');
      expect((await begin()).kind).toBe('first');
    });
  });
}
