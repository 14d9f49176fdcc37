import { describe, expect, it } from '@jest/globals';
import { UnfinishedRequests } from '../../src/platform/unfinished-requests.js';

const LIMITS = { ofOne: 100, inAll: 150, always: 10, ofStranger: 10 };
const named = new Set(['one', 'two', 'three']);
const counted = () => new UnfinishedRequests((certificate) => named.has(certificate), LIMITS);

describe('bytes of requests that are not whole', () => {
  it('of one certificate are so many, and others have room', () => {
    const requests = counted();
    expect([requests.take('one', 100), requests.take('one', 1), requests.take('two', 50)]).toEqual([true, false, true]);
  });

  it('that were not taken are not counted', () => {
    const requests = counted();
    requests.take('one', 90);
    expect([requests.take('one', 20), requests.take('one', 10), requests.inAll]).toEqual([false, true, 100]);
  });

  it('make room again once a request is whole or over', () => {
    const requests = counted();
    requests.take('one', 100);
    requests.giveBack('one', 100);
    expect([requests.inAll, requests.take('one', 100)]).toEqual([0, true]);
  });

  it('are so many in all; whoever has sent little is heard all the same', () => {
    const requests = counted();
    requests.take('one', 100);
    requests.take('two', 50);
    expect([requests.take('three', 11), requests.take('three', 10), requests.take('three', 1)]).toEqual([
      false,
      true,
      false,
    ]);
  });

  it('of a certificate that the catalogue does not name are few, each for itself, and none beyond all', () => {
    const requests = counted();
    expect([requests.take('nobody', 11), requests.take('nobody', 10), requests.take('nobody else', 10)]).toEqual([
      false,
      true,
      true,
    ]);
    requests.take('one', 100);
    requests.take('two', 30);
    expect(requests.take('a third', 1)).toBe(false);
  });

  it('are those of a participant as soon as the catalogue names the certificate', () => {
    const requests = counted();
    expect(requests.take('new', 50)).toBe(false);
    named.add('new');
    expect(requests.take('new', 50)).toBe(true);
    named.delete('new');
    expect(requests.take('new', 1)).toBe(false);
  });
});
