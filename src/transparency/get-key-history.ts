import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { calculateJwkThumbprint } from 'jose';
import { LogReader } from '../audit/log-reader.js';
import { LogStore } from '../audit/log-store.js';
import type { ReceiptCopy } from '../audit/receipt.js';
import type { ParticipantKey } from '../catalogue/catalogue.js';
import { CurrentCatalogue } from '../catalogue/current-catalogue.js';
import { Fault, refusal } from '../platform/fault.js';
import { LogKey } from './log-key.js';
import { proveEntry } from './prove-entry.js';

/** A key comes and goes seldom; more often than that nobody needs to be shown. */
const MAX_ENTRIES = 32;

/** `key` is absent where the catalogue in force names it no more; `receipts` are of the entries that say that it came or went. */
export type KeyHistory = Readonly<{ key: ParticipantKey | undefined; receipts: readonly ReceiptCopy[] }>;

/**
 * A public key by which a register signs evidence, and what the log says about it. For whoever keeps evidence: tells nothing
 * about anybody, and is no entry.
 */
export class GetKeyHistory extends Query<KeyHistory> {
  constructor(
    readonly register: string,
    readonly thumbprint: string,
  ) {
    super();
  }
}

@QueryHandler(GetKeyHistory)
export class GetKeyHistoryHandler implements IQueryHandler<GetKeyHistory> {
  constructor(
    private readonly catalogue: CurrentCatalogue,
    private readonly store: LogStore,
    private readonly reader: LogReader,
    private readonly logKey: LogKey,
  ) {}

  /** @throws Fault NOT_FOUND for a register or a key that neither catalogue nor log knows */
  async execute({ register, thumbprint }: GetKeyHistory): Promise<KeyHistory> {
    const participant = this.catalogue.lookup.register(register)?.participant;
    if (participant === undefined) throw refusal('NOT_FOUND');
    const key = await this.keyOf(participant, thumbprint);
    const records = await this.reader.ofKey(thumbprint, MAX_ENTRIES);
    if (key === undefined && records.length === 0) throw refusal('NOT_FOUND');
    const { checkpoint } = await this.store.head();
    if (checkpoint === undefined) throw new Fault('BEYOND_LOG');
    const proving = { checkpoint, vkey: this.logKey.vkey };
    return { key, receipts: await Promise.all(records.map((it) => proveEntry(this.store, it, proving))) };
  }

  private async keyOf(participant: string, thumbprint: string): Promise<ParticipantKey | undefined> {
    const keys = this.catalogue.lookup.keys(participant, 'evidence');
    const thumbprints = await Promise.all(keys.map(({ jwk }) => calculateJwkThumbprint({ ...jwk })));
    return keys[thumbprints.indexOf(thumbprint)];
  }
}
