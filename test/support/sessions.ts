import { randomBytes } from 'node:crypto';
import type { Session } from '../../src/tokens/session-token.js';
import { NOW_S } from './builders.js';

/** A session that is right in everything; one deviation per test. */
export function aSession(deviation: Partial<Session> = {}): Session {
  return {
    id: randomBytes(16).toString('base64url'),
    role: 'officer',
    assurance: 'high',
    actor: 'pairwise-pseudonym-of-an-officer',
    signedInAt: NOW_S - 60,
    subject: undefined,
    ...deviation,
  };
}
