import { AuditLog } from '../audit/audit-log.js';
import { CurrentCatalogue } from '../catalogue/current-catalogue.js';
import type { Caller } from '../platform/caller.js';
import { Clock } from '../platform/clock.js';
import { Fault, refusal } from '../platform/fault.js';
import { canonicalDigest } from '../tokens/digest.js';
import { TokenFault } from '../tokens/jws.js';
import { SESSION_MAX_AGE_S, type Session, verifySession } from '../tokens/session-token.js';
import { NodeIdentity } from './node-identity.js';
import { SessionStore } from './session-store.js';

/**
 * Accepts the session tokens of pages, from pages alone. The first token of a session in which somebody acts for an
 * authority is an entry before anything is answered. Of two nodes that see a session at the same moment both write one.
 */
export class SessionDesk {
  readonly #opening = new Map<string, Promise<void>>();

  constructor(
    private readonly node: NodeIdentity,
    private readonly catalogue: CurrentCatalogue,
    private readonly sessions: SessionStore,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** @throws Fault CALL_NOT_ALLOWED, SESSION_INVALID, SESSION_EXPIRED */
  async accept({ participant: { id: pages, kind } }: Caller, token: string): Promise<Session> {
    if (kind !== 'pages') throw refusal('CALL_NOT_ALLOWED');
    const session = await this.verify(pages, token);
    if (session.role !== 'citizen') await this.demandOpened(pages, session);
    return session;
  }

  private async verify(pages: string, token: string): Promise<Session> {
    try {
      return await verifySession(token, {
        pages,
        issuer: this.node.issuer,
        keys: await this.catalogue.verificationKeys(pages, 'session'),
        nowMs: this.clock.now(),
      });
    } catch (error) {
      if (error instanceof TokenFault)
        throw new Fault(error.code === 'EXPIRED' ? 'SESSION_EXPIRED' : 'SESSION_INVALID', { cause: error });
      throw error;
    }
  }

  private demandOpened(pages: string, session: Session): Promise<void> {
    const { id, role, actor } = session;
    const digest = canonicalDigest({ pages, id, role, actor });
    const opening =
      this.#opening.get(digest) ?? this.open(pages, session, digest).finally(() => this.#opening.delete(digest));
    this.#opening.set(digest, opening);
    return opening;
  }

  private async open(pages: string, session: Session, digest: string): Promise<void> {
    if (await this.sessions.isKnown(digest)) return;
    const { id, role, assurance, actor, signedInAt } = session;
    await this.audit.sessionOpened({
      caller: { consumer: pages },
      protected: { session: { id, role, assurance, actor } },
      persons: [{ person: { kind: 'pseudonym', issuer: pages, value: actor }, as: 'decider' }],
    });
    await this.sessions.remember(digest, (signedInAt + SESSION_MAX_AGE_S) * 1000);
  }
}
