import { CatalogueActivation } from '../access/activate-catalogue.js';
import { NodeIdentity } from '../access/node-identity.js';
import type { TrustedKey } from '../access/trust-state.js';
import type { Endpoint } from '../catalogue/catalogue.js';
import { CatalogueFault } from '../catalogue/catalogue-fault.js';
import { CatalogueReader } from '../catalogue/catalogue-reader.js';
import { CurrentCatalogue } from '../catalogue/current-catalogue.js';
import { withEndpoints } from '../catalogue/load-catalogue.js';
import { Clock } from '../platform/clock.js';
import { describeError, OperationalLog } from '../platform/operational-log.js';
import { type Activation, CatalogueHistory } from './catalogue-history.js';
import type { EndpointsFile } from './endpoints-file.js';
import { ownPlaceFaults } from './own-place.js';

/** How often a node looks whether another version came into force. */
export const LOOK_EVERY_MS = 2000;
/** Beyond it, what was revoked a minute ago might still count (design 5): the node answers nothing. */
const UNCONFIRMED_AFTER_MS = 45_000;

type Parts = Readonly<{
  node: NodeIdentity;
  history: CatalogueHistory;
  reader: CatalogueReader;
  current: CurrentCatalogue;
  activation: CatalogueActivation;
  /** Private keys that the node began to work with. */
  held: readonly TrustedKey[];
  /** Where others are reached, as the own files say it. */
  endpoints: Pick<EndpointsFile, 'begun' | 'latest'>;
  clock: Clock;
  /** Milliseconds since some moment, which nobody sets back; the time that a machine slept may be missing. */
  elapsedMs: () => number;
  log: OperationalLog;
  /** A log over which there is a dispute takes no entries: the node only shows it. */
  isStopped: () => boolean;
}>;

type Moment = Readonly<{ wallMs: number; elapsedMs: number }>;

function momentOf({ clock, elapsedMs }: Pick<Parts, 'clock' | 'elapsedMs'>): Moment {
  return { wallMs: clock.now(), elapsedMs: elapsedMs() };
}

/** Keeps a node at the version in force: what is due comes into force, is loaded beside the work, logged, and then counts. */
export class CatalogueTakeOver {
  #looking: Promise<void> | undefined;
  /** One thing at a time: a version, an address or an own key. */
  #turn: Promise<void> = Promise.resolve();
  #confirmedAt: Moment;
  #held: readonly TrustedKey[];
  #endpoints: readonly Endpoint[];

  constructor(
    private readonly parts: Parts,
    /** What the node has begun with. */
    private inForce: Activation | undefined,
  ) {
    this.#confirmedAt = momentOf(parts);
    this.#held = parts.held;
    this.#endpoints = parts.endpoints.begun;
  }

  /** Whether this node knows, as of late, that it works by the version in force. */
  get isConfirmed(): boolean {
    const { isStopped } = this.parts;
    const [then, now] = [this.#confirmedAt, momentOf(this.parts)];
    // Whichever says more: a clock may be set back, and a machine may sleep.
    const passedMs = Math.max(now.wallMs - then.wallMs, now.elapsedMs - then.elapsedMs);
    return isStopped() || passedMs < UNCONFIRMED_AFTER_MS;
  }

  /** Looks once; what fails is tried again at the next look. */
  look(): Promise<void> {
    this.#looking ??= this.inTurn(() => this.takeOver())
      .catch((error: unknown) => {
        const faults = error instanceof CatalogueFault ? { faults: error.faults.length } : {};
        this.parts.log.error({ ...describeError(error), ...faults }, 'the catalogue in force is not taken over');
      })
      .finally(() => {
        this.#looking = undefined;
      });
    return this.#looking;
  }

  /** Writes down that the node works with another private key of its own from now on; resolves before it does. */
  useKey(use: TrustedKey['use'], id: string): Promise<void> {
    return this.inTurn(async () => {
      const { activation, current, history, isStopped } = this.parts;
      if (isStopped()) throw new Error('a log over which there is a dispute takes no entries');
      const held = this.#held.map((it) => (it.use === use ? { ...it, id } : it));
      const inForce = async () => {
        if ((await history.inForce())?.version === current.catalogue.version) return current.catalogue;
        throw new Error('another version is in force, and not taken over yet');
      };
      await activation.activate(inForce, held);
      this.#held = held;
    });
  }

  /** Resolves once nothing is under way any more. */
  async close(): Promise<void> {
    await this.#turn;
  }

  private inTurn(work: () => Promise<void>): Promise<void> {
    const mine = this.#turn.then(work);
    this.#turn = mine.catch(() => undefined);
    return mine;
  }

  private async takeOver(): Promise<void> {
    const { history, current, isStopped, log } = this.parts;
    if (isStopped()) return;
    const askedAt = momentOf(this.parts);
    const endpoints = await this.parts.endpoints.latest();
    const last = await this.activateDue(await history.inForce());
    if (last === undefined) throw new Error('no version is in force');
    if (last.number !== this.inForce?.number) {
      await this.load(last, endpoints);
      this.inForce = last;
      log.info({ catalogue: current.catalogue.version.slice(0, 12), number: last.number }, 'catalogue in force');
    }
    if (endpoints !== this.#endpoints) {
      await current.replace(withEndpoints(current.catalogue, endpoints));
      this.#endpoints = endpoints;
      log.info({ endpoints: current.catalogue.endpoints.length }, 'addresses of the own files are in use');
    }
    this.#confirmedAt = askedAt;
  }

  private async activateDue(inForce: Activation | undefined): Promise<Activation | undefined> {
    const { history } = this.parts;
    if (inForce === undefined || (await history.due(inForce.number)) === undefined) return inForce;
    return history.exclusively(async (open) => {
      const last = await open.inForce();
      if (last === undefined || last.number !== inForce.number) return last;
      const due = await open.due(last.number);
      return due === undefined ? last : open.activate(due.version, due.proposal);
    });
  }

  private async load({ number, version, proposal }: Activation, endpoints: readonly Endpoint[]): Promise<void> {
    const { history, reader, current, activation, node } = this.parts;
    if (version === current.catalogue.version) return;
    const files = await history.filesOf(version);
    if (files === undefined) throw new Error('the files of the version in force are not kept');
    const catalogue = await reader.version(files, endpoints);
    const faults = ownPlaceFaults(catalogue, node);
    if (faults.length > 0) throw new CatalogueFault(faults);
    const stillInForce = async () => {
      if ((await history.inForce())?.number === number) return catalogue;
      throw new Error('another version came into force while this one was loaded');
    };
    await activation.activate(stillInForce, this.#held, proposal === undefined ? {} : { proposal });
    await current.replace(catalogue);
    this.#endpoints = endpoints;
  }
}
