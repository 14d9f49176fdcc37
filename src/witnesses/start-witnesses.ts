import type { Pool } from 'pg';
import { ed25519Verifier, type NoteSigner } from '#libs/tlog/signed-note.js';
import { AuditLog } from '../audit/audit-log.js';
import type { LogStore } from '../audit/log-store.js';
import type { Catalogue } from '../catalogue/catalogue.js';
import type { CurrentCatalogue } from '../catalogue/current-catalogue.js';
import { logKeys, type NamedWitness, namedWitnesses } from '../catalogue/verifier-keys.js';
import type { Clock } from '../platform/clock.js';
import { ConfigFault } from '../platform/config.js';
import { describeError, type OperationalLog } from '../platform/operational-log.js';
import type { Opened } from '../platform/run-process.js';
import type { TlsIdentity } from '../platform/tls.js';
import { disputesAtStart, refuseDisputed } from './check-at-start.js';
import { CosignatureCollector } from './collect-cosignatures.js';
import type { CosignatureStore } from './cosignature-store.js';
import { PostgresCosignatureStore } from './cosignature-store.postgres.js';
import { DisputeDesk } from './dispute-desk.js';
import { PostgresDisputeStore } from './dispute-store.postgres.js';
import { DisputableLog, LogDispute, type OnDispute } from './log-dispute.js';
import { trustPolicy } from './trust-policy.js';
import { HttpsWitness } from './witness.https.js';
import { WitnessedCheckpoints } from './witnessed-checkpoints.js';

export type WitnessSettings = Readonly<{
  participant: string;
  witnessIntervalSeconds: number;
  disputedLog: OnDispute;
}>;

type Grounds = Readonly<{
  catalogue: CurrentCatalogue;
  tls: TlsIdentity;
  clock: Clock;
  pool: Pool;
  store: LogStore;
  signer: NoteSigner;
  log: OperationalLog;
}>;

export type Witnessing = Readonly<{
  /** The log as the node may use it: closed once a dispute has stopped the node. */
  store: LogStore;
  dispute: LogDispute;
  cosignatures: CosignatureStore;
  witnessed: WitnessedCheckpoints;
  /** Participants that the catalogue names as witnesses. */
  names: readonly string[];
  /** C2SP tlog-policy by the catalogue in force: the same witnesses, each with the keys that it has now. */
  policy(): string;
  /** Takes over the disputes on record, and records those of this start; due once the log may be written. */
  settle(): Promise<void>;
  /** Begins to collect. */
  collect(): void;
  /** Another certificate of this node to show. */
  rotate(tls: TlsIdentity): void;
}>;

/**
 * The node's side of its witnesses. Refuses a log that is behind what one of them cosigned, unless it is to be served
 * all the same; writes nothing yet.
 */
export async function startWitnesses(settings: WitnessSettings, grounds: Grounds, opened: Opened): Promise<Witnessing> {
  const { catalogue, tls, clock, pool, store, signer, log } = grounds;
  const named = namedWitnesses(catalogue.catalogue).filter(({ participant }) => participant !== settings.participant);
  demandAgreedKey(catalogue, settings.participant, signer);
  if (named.length === 0) log.warn({}, 'the catalogue names no witness: nobody vouches for this log');
  const now = new NamedNow(catalogue);
  const witnesses = named.map(({ participant }) => new HttpsWitness(participant, () => now.of(participant), tls));
  opened.onClose(() => {
    for (const witness of witnesses) witness.close();
  });
  const [key, names] = [ed25519Verifier(signer.vkey), named.map(({ participant }) => participant)];
  const dispute = new LogDispute(settings.disputedLog, new Set(names));
  const disputes = new DisputeDesk(
    dispute,
    new PostgresDisputeStore(pool, signer.name),
    new AuditLog(store),
    settings.participant,
    clock,
    log,
  );
  const atStart = await disputesAtStart(witnesses, { store, key }, log);
  if (settings.disputedLog === 'stop') refuseDisputed(atStart);
  const cosignatures = new PostgresCosignatureStore(pool, signer.name);
  const witnessed = new WitnessedCheckpoints(cosignatures, witnesses, key);
  const intervalMs = settings.witnessIntervalSeconds * 1000;
  const parts = { witnesses, log: store, key, store: cosignatures, witnessed, disputes, operational: log, intervalMs };
  const collector = new CosignatureCollector(parts);
  const round = () =>
    collector.round().catch((error: unknown) => log.warn(describeError(error), 'cosignatures not collected'));
  return {
    store: new DisputableLog(store, dispute),
    dispute,
    cosignatures,
    witnessed,
    names,
    policy: () =>
      trustPolicy(
        signer.vkey,
        named.map((it) => now.of(it.participant) ?? it),
      ),
    settle: async () => {
      for (const it of atStart) await disputes.raise(it);
      await disputes.refresh();
    },
    rotate: (next) => {
      for (const witness of witnesses) witness.rotate(next);
    },
    collect: () => {
      void round();
      const collecting = setInterval(() => void round(), intervalMs).unref();
      opened.onClose(async () => {
        clearInterval(collecting);
        const stopped = collector.stop();
        for (const witness of witnesses) witness.close();
        await stopped;
      });
    },
  };
}

/** Who co-signs, by the catalogue in force: with which keys, by which certificates. */
class NamedNow {
  #catalogue: Catalogue | undefined;
  #named: ReadonlyMap<string, NamedWitness> = new Map();

  constructor(private readonly current: CurrentCatalogue) {}

  of(participant: string): NamedWitness | undefined {
    const { catalogue } = this.current;
    if (catalogue !== this.#catalogue) {
      this.#named = new Map(namedWitnesses(catalogue).map((it) => [it.participant, it]));
      this.#catalogue = catalogue;
    }
    return this.#named.get(participant);
  }
}

/**
 * Witnesses know a log by the key that the catalogue names: with another one they would not. A log of which it names
 * none, as one that two persons have just opened, has no witness until it does.
 */
function demandAgreedKey(
  { catalogue, lookup }: CurrentCatalogue,
  participant: string,
  { name, vkey }: NoteSigner,
): void {
  if (lookup.keys(participant, 'log').some(({ kid }) => kid === name) && !logKeys(catalogue).includes(vkey))
    throw new ConfigFault([
      `the catalogue names another key for the log of "${participant}", or another EINMAL_LOG_ORIGIN`,
    ]);
}
