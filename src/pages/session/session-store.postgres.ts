import { createHash } from 'node:crypto';
import type { Session } from 'fastify';
import type { Pool } from 'pg';
import type { Seal } from '../../platform/secrets.js';

/** A session that nobody uses ends. */
export const IDLE_MINUTES = 20;
/** From its beginning, however busy it is. */
const LONGEST_MINUTES = { pending: 10, citizen: 60, official: 480 } as const;

/** Sign-ins that were begun and not ended, of everybody together: anybody may begin one. Beyond it the oldest are forgotten. */
const PENDING_SESSIONS = 10_000;

type Done = (error: unknown, session?: Session | null) => void;

/**
 * Sessions of the pages. The table holds a digest of the identifier and sealed content; times are the database's, so that
 * several processes agree. A session that was ended is not written again by a request that began before.
 */
export class PostgresSessionStore {
  constructor(
    private readonly pool: Pool,
    private readonly seal: Seal,
    private readonly pendingLimit = PENDING_SESSIONS,
  ) {}

  set(id: string, session: Session, done: (error?: unknown) => void): void {
    const key = keyOf(id);
    const { stored, account, pending, shown, lookup, refused, searches, nonces, answer, cookie } = session;
    const kept = { account, pending, shown, lookup, refused, searches, nonces, answer, cookie };
    const content = Buffer.from(JSON.stringify(kept));
    const sealed = this.seal.close(content, contextOf(key));
    const minutes = account === undefined ? 'pending' : account.signedIn.role === 'citizen' ? 'citizen' : 'official';
    const written = stored
      ? this.pool.query('update app.session set sealed = $2 where id = $1', [key, sealed])
      : this.pool.query(
          `insert into app.session (id, actor, sealed, ends_at) values ($1, $2, $3, now() + make_interval(mins => $4))
           on conflict (id) do update set actor = excluded.actor, sealed = excluded.sealed`,
          [key, account?.signedIn.actor ?? null, sealed, LONGEST_MINUTES[minutes]],
        );
    const tidied = stored || account !== undefined ? written : written.then(() => this.destroySurplus());
    tidied.then(() => done(), done);
  }

  get(id: string, done: Done): void {
    const key = keyOf(id);
    this.pool
      .query<{ sealed: string }>(
        `update app.session set seen_at = now()
         where id = $1 and ends_at > now() and seen_at > now() - make_interval(mins => $2) returning sealed`,
        [key, IDLE_MINUTES],
      )
      .then(({ rows }) => {
        const content = rows[0] && this.seal.open(rows[0].sealed, contextOf(key));
        done(null, content ? { ...JSON.parse(content.toString()), stored: true } : null);
      }, done);
  }

  destroy(id: string, done: (error?: unknown) => void): void {
    this.pool.query('delete from app.session where id = $1', [keyOf(id)]).then(() => done(), done);
  }

  /** Of this person in every browser. */
  async destroyAllOf(actor: string): Promise<void> {
    await this.pool.query('delete from app.session where actor = $1', [actor]);
  }

  /** They all last equally long: who began first ends first. */
  private async destroySurplus(): Promise<void> {
    await this.pool.query(
      `delete from app.session where id in (
         select id from app.session where actor is null order by ends_at desc offset $1 for update skip locked)`,
      [this.pendingLimit],
    );
  }

  async destroyExpired(): Promise<void> {
    await this.pool.query(
      'delete from app.session where ends_at <= now() or seen_at <= now() - make_interval(mins => $1)',
      [IDLE_MINUTES],
    );
  }
}

function keyOf(id: string): string {
  return createHash('sha256').update(id).digest('base64url');
}

function contextOf(key: string): string {
  return `einmal/pages-session/v1\n${key}\n`;
}
