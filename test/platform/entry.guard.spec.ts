import { describe, expect, it } from '@jest/globals';
import type { ExecutionContext } from '@nestjs/common';
import type { Participant } from '../../src/catalogue/catalogue.js';
import { CallerDirectory } from '../../src/platform/caller.js';
import { EntryGuard } from '../../src/platform/entry.guard.js';
import { Undecodable } from '../../src/platform/proto.js';
import { FixedClock } from '../audit/log-keys.js';
import { NOW } from '../support/builders.js';

class Directory extends CallerDirectory {
  constructor(private readonly knows: boolean) {
    super();
  }

  override participantOf(): Participant | undefined {
    return this.knows ? { id: 'node', title: { de: 'Knoten' }, kind: 'node', area: 'inneres' } : undefined;
  }
}

type Call = Readonly<{ known?: boolean; raw?: Buffer | undefined; deadline?: number; message?: object }>;

function enter(call: Call): boolean {
  const { known = true, deadline = NOW + 1, message = {} } = call;
  const raw = 'raw' in call ? call.raw : Buffer.from('certificate');
  const sslPeerCertificate = raw === undefined ? undefined : { raw };
  const serverCall = { getAuthContext: () => ({ sslPeerCertificate }), getDeadline: () => deadline };
  const args: readonly unknown[] = [message, undefined, serverCall];
  const context = { getType: () => 'rpc', getArgByIndex: (at: number) => args[at] };
  return new EntryGuard(new Directory(known), new FixedClock(NOW)).canActivate(context as unknown as ExecutionContext);
}

const malformed = new Undecodable('REQUEST_MALFORMED');

describe('the entry of every call', () => {
  it('is open to a known caller with time left and a message that can be read', () => {
    expect(enter({})).toBe(true);
    expect(enter({ deadline: Number.POSITIVE_INFINITY })).toBe(true);
  });

  it.each([
    ['a caller without certificate', { raw: undefined, deadline: NOW, message: malformed }, 'CALLER_UNKNOWN'],
    ['a certificate of nobody', { known: false, deadline: NOW, message: malformed }, 'CALLER_UNKNOWN'],
    ['a deadline that is reached', { deadline: NOW, message: malformed }, 'DEADLINE_PASSED'],
    ['a message that cannot be decoded', { message: malformed }, 'REQUEST_MALFORMED'],
  ] as readonly (readonly [string, Call, string])[])('is closed, in this order, to %s: %s', (_case, call, reason) => {
    expect(() => enter(call)).toThrow(expect.objectContaining({ reason }));
  });

  it('leaves HTTP alone', () => {
    const context = { getType: () => 'http' } as unknown as ExecutionContext;
    expect(new EntryGuard(new Directory(false), new FixedClock()).canActivate(context)).toBe(true);
  });
});
