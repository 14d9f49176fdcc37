import type { Pool } from 'pg';
import { type Deferral, DeferralStore } from './deferral-store.js';

type Row = Readonly<{ caller: string; content: string; deferred_at: Date }>;

export class PostgresDeferralStore extends DeferralStore {
  /** Logged in as the edge's role. */
  constructor(private readonly pool: Pool) {
    super();
  }

  override async put({ attester, attestation, caller, content, deferredAt }: Deferral): Promise<void> {
    await this.pool.query(
      `insert into edge.deferral (attester, attestation_jti, caller, content, deferred_at, expires_at)
       values ($1, $2, $3, $4, $5, $5::timestamptz + interval '90 days') on conflict do nothing`,
      [attester, attestation, caller, content, new Date(deferredAt)],
    );
  }

  override async find(attester: string, attestation: string): Promise<Deferral | undefined> {
    const { rows } = await this.pool.query<Row>(
      `select caller, content, deferred_at from edge.deferral
       where attester = $1 and attestation_jti = $2 and expires_at > now()`,
      [attester, attestation],
    );
    const [row] = rows;
    if (row === undefined) return undefined;
    const { caller, content, deferred_at } = row;
    return { attester, attestation, caller, content, deferredAt: deferred_at.getTime() };
  }

  override async answered(attester: string, attestation: string): Promise<void> {
    await this.pool.query(
      `update edge.deferral set expires_at = least(expires_at, now() + interval '1 day')
       where attester = $1 and attestation_jti = $2`,
      [attester, attestation],
    );
  }
}
