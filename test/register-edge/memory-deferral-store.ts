import { type Deferral, DeferralStore } from '../../src/register-edge/deferral-store.js';

/** Announcements in memory, for use-case tests: passes the contract of DeferralStore. */
export class MemoryDeferralStore extends DeferralStore {
  readonly rows = new Map<string, Deferral>();

  override async put(deferral: Deferral): Promise<void> {
    const key = `${deferral.attester} ${deferral.attestation}`;
    if (!this.rows.has(key)) this.rows.set(key, deferral);
  }

  override async find(attester: string, attestation: string): Promise<Deferral | undefined> {
    return this.rows.get(`${attester} ${attestation}`);
  }

  /** A day is longer than a test. */
  override async answered(): Promise<void> {}
}
