import { deserialize, serialize } from 'node:v8';
import type { OnlineService } from '../catalogue/catalogue.js';
import type { TriggerSeals } from '../consent/trigger-seals.js';
import type { Epoch } from '../vault/key-vault.js';
import type { Deferral, Sealed } from './deferral-store.js';
import type { Delivered, ExchangeContext, PlannedRetrieval } from './exchange.js';
import type { Closing } from './journal-entries.js';
import type { ResolvedSubject } from './resolved-subject.js';

/** What the register is asked again, and for whom. Mapping and texts stay those the exchange began with. */
export type DeferredPlan = Readonly<{
  participant: ExchangeContext['caller']['participant'];
  purpose: ExchangeContext['purpose'];
  service: OnlineService | undefined;
  retrieval: PlannedRetrieval;
  person: ResolvedSubject;
}>;

/** What came, verified and cut down; nothing of it is released yet. */
export type DeferredAnswer = Delivered & Readonly<{ closing: Closing }>;

type Part = Readonly<{ plan: DeferredPlan; answer: DeferredAnswer }>;

/** Seals what is kept open as decisions are: under the keys of the month, so that it is forgotten with its entries. */
export class DeferralSeals {
  constructor(private readonly seals: TriggerSeals) {}

  /** @throws Fault AUDIT_LOG_UNAVAILABLE */
  async close<P extends keyof Part>(part: P, id: string, value: Part[P]): Promise<Sealed> {
    const { epoch, seal } = await this.seals.current();
    return { epoch, text: seal.close(serialize(value), boundTo(part, id, epoch)) };
  }

  /** Undefined where it was destroyed, altered, or the keys of its month are gone. @throws Fault AUDIT_LOG_UNAVAILABLE */
  async open<P extends keyof Part>(part: P, deferral: Deferral): Promise<Part[P] | undefined> {
    const sealed = deferral[part];
    if (sealed === undefined) return undefined;
    const seal = await this.seals.of(sealed.epoch);
    const bytes = seal?.open(sealed.text, boundTo(part, deferral.id, sealed.epoch));
    // Authenticated by the seal: only a node of this database writes it, in the shape of `close`.
    return bytes && (deserialize(bytes) as Part[P]);
  }
}

function boundTo(part: keyof Part, id: string, { retentionClass, month }: Epoch): string {
  return `einmal/deferral-${part}/v1\n${id}\n${retentionClass}\n${month}\n`;
}
