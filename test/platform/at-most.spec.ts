import { describe, expect, it } from '@jest/globals';
import type { ExecutionContext } from '@nestjs/common';
import { firstValueFrom, Subject } from 'rxjs';
import { AtMost } from '../../src/platform/at-most.js';

const context = {} as ExecutionContext;

function requests(limits: Readonly<{ running: number; waiting: number }>) {
  const atMost = new AtMost(limits);
  const started: string[] = [];
  return {
    started,
    ask(name: string) {
      const answer = new Subject<string>();
      const handle = () => {
        started.push(name);
        return answer;
      };
      const result = firstValueFrom(atMost.intercept(context, { handle }));
      const give = () => {
        answer.next(name);
        answer.complete();
        return result;
      };
      return { result, give, fail: () => answer.error(new Error(name)) };
    },
  };
}
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('what anybody may ask', () => {
  it('runs as often at once as it may; others wait for a place, in their order', async () => {
    const { ask, started } = requests({ running: 2, waiting: 2 });
    const [one, two, three, four] = ['1', '2', '3', '4'].map(ask);
    await settled();
    expect(started).toEqual(['1', '2']);
    await two?.give();
    await settled();
    expect(started).toEqual(['1', '2', '3']);
    for (const it of [one, three]) await it?.give();
    await settled();
    expect(await four?.give()).toBe('4');
  });

  it('is refused with 503 where too many wait already', async () => {
    const { ask } = requests({ running: 1, waiting: 1 });
    const [first, second, third] = ['1', '2', '3'].map(ask);
    await expect(third?.result).rejects.toMatchObject({ status: 503 });
    await first?.give();
    await settled();
    expect(await second?.give()).toBe('2');
  });

  it('gives its place back where it failed', async () => {
    const { ask } = requests({ running: 1, waiting: 0 });
    const failing = ask('1');
    await settled();
    failing.fail();
    await expect(failing.result).rejects.toThrow('1');
    const next = ask('2');
    await settled();
    expect(await next.give()).toBe('2');
  });
});
