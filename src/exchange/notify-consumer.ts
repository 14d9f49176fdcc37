import { NodeIdentity } from '../access/node-identity.js';
import { CurrentCatalogue } from '../catalogue/current-catalogue.js';
import { Clock } from '../platform/clock.js';
import { HttpsPeer } from '../platform/https-peer.js';
import type { TlsIdentity } from '../platform/tls.js';
import { signNotice } from '../tokens/exchange-notice.js';
import type { SigningKey } from '../tokens/jws.js';
import type { DeferralStore } from './deferral-store.js';
import { standingOf } from './watch-deferrals.js';

const TIMEOUT_MS = 10_000;

/** The consumer did not take a notice: worth another try. */
export class NoticeNotTaken extends Error {
  override readonly name = 'NoticeNotTaken';
}

/**
 * Tells a consumer by HTTPS how its exchange stands, at the address that the catalogue names and to nobody without a certificate
 * that it names: signed, without anything of a person, and never where an answer points to.
 */
export class ConsumerNotice {
  constructor(
    private readonly store: DeferralStore,
    private readonly catalogue: CurrentCatalogue,
    private readonly node: NodeIdentity,
    private own: Readonly<{ key: SigningKey; tls: TlsIdentity }>,
    private readonly clock: Clock,
  ) {}

  get key(): SigningKey {
    return this.own.key;
  }

  /** Another key or certificate from the next notice on. */
  rotate(next: Partial<Readonly<{ key: SigningKey; tls: TlsIdentity }>>): void {
    this.own = { ...this.own, ...next };
  }

  /** Of the exchange that this deferral belongs to, as it stands now. @throws NoticeNotTaken, PeerUnreachable */
  async tell(id: string): Promise<void> {
    const deferral = await this.store.find(id);
    if (deferral === undefined) return;
    const { exchangeId, consumer } = deferral;
    const notices = this.catalogue.lookup.noticeEndpoint(consumer);
    if (notices === undefined) return;
    const state = standingOf(await this.store.ofExchange(exchangeId, consumer));
    const { participant } = this.node;
    const signed = { node: participant, consumer, key: this.key, nowMs: this.clock.now() };
    const body = await signNotice({ exchange_id: exchangeId, state }, signed);
    const { address, path, serverName } = notices;
    const certificates = this.catalogue.lookup.keysOf(consumer)?.certificates ?? [];
    const peer = new HttpsPeer({ address, serverName, certificates }, this.own.tls);
    try {
      const { status } = await peer.ask({ path, timeoutMs: TIMEOUT_MS, body, type: 'application/jwt' });
      if (status < 200 || status > 299) throw new NoticeNotTaken(`answered with status ${status}`);
    } finally {
      peer.close();
    }
  }
}
