import type { Pool } from 'pg';
import { ReplayStore, type Use, type UsedToken } from './replay-store.js';

/**
 * Does not wait for the disk: the line of the log does, before anything is answered, and what it has written holds everything that
 * was committed before. A use that a database forgets as it ends badly is one that nobody was answered for.
 */
const USE = `
  with lazily as (select set_config('synchronous_commit', 'off', true))
  insert into edge.replay (kind, issuer, jti, digest, expires_at)
  select kind, issuer, jti, $5, to_timestamp(exp)
    from lazily, unnest($1::text[], $2::text[], $3::text[], $4::bigint[]) as presented (kind, issuer, jti, exp)
   order by kind, issuer, jti
  on conflict (kind, issuer, jti) do nothing`;

// A statement of its own: it sees what a concurrent request committed while the one above waited for it.
const USED_WITH = `
  select kind, digest = $4 as same
    from edge.replay
    join unnest($1::text[], $2::text[], $3::text[]) as presented (kind, issuer, jti) using (kind, issuer, jti)
   order by same, kind`;

type UsedWith = Readonly<{ kind: UsedToken['kind']; same: boolean }>;

export class PostgresReplayStore extends ReplayStore {
  /** Logged in as the edge's role. The owner listens to its `error` event. */
  constructor(private readonly pool: Pool) {
    super();
  }

  override async use(tokens: readonly UsedToken[], digest: string): Promise<Use> {
    const kinds = tokens.map(({ kind }) => kind);
    const issuers = tokens.map(({ issuer }) => issuer);
    const jtis = tokens.map(({ jti }) => jti);
    const expiries = tokens.map(({ exp }) => Math.ceil(exp));
    const { rowCount } = await this.pool.query({
      name: 'edge-use',
      text: USE,
      values: [kinds, issuers, jtis, expiries, digest],
    });
    if (rowCount === tokens.length) return 'first';
    const { rows } = await this.pool.query<UsedWith>({
      name: 'edge-used-with',
      text: USED_WITH,
      values: [kinds, issuers, jtis, digest],
    });
    const other = rows.find(({ same }) => !same);
    if (other !== undefined) return { usedBefore: other.kind };
    if (rows.length !== tokens.length) throw new Error('used tokens vanished');
    // Some of its tokens new and the others bound to this very request: a repeat with fresh tokens is one, too.
    return 'repeat';
  }

  override async forgetExpired(): Promise<void> {
    await this.pool.query('select edge.forget_expired()');
  }
}
