import type { Pool } from 'pg';
import { CatalogueActivation } from '../access/activate-catalogue.js';
import { PostgresActivationStore } from '../access/activation-store.postgres.js';
import type { NodeIdentity } from '../access/node-identity.js';
import type { TrustedKey } from '../access/trust-state.js';
import type { AuditLog } from '../audit/audit-log.js';
import { ChangesCatalogueReader } from '../catalogue/catalogue-reader.changes.js';
import { CatalogueReader } from '../catalogue/catalogue-reader.js';
import { RememberingCatalogueReader } from '../catalogue/catalogue-reader.remembering.js';
import { WorkerCatalogueReader } from '../catalogue/catalogue-reader.worker.js';
import { CurrentCatalogue } from '../catalogue/current-catalogue.js';
import type { Clock } from '../platform/clock.js';
import type { OperationalLog } from '../platform/operational-log.js';
import type { Opened } from '../platform/run-process.js';
import { type AtStart, beginHistory, catalogueAtStart, inForceNow } from './catalogue-at-start.js';
import { CatalogueHistory } from './catalogue-history.js';
import { PostgresCatalogueHistory } from './catalogue-history.postgres.js';
import { EndpointsFile } from './endpoints-file.js';
import { CatalogueTakeOver, LOOK_EVERY_MS } from './take-over-catalogue.js';

/** How a node comes to its catalogue and stays at the one in force. */
export type Governing = Readonly<{
  history: CatalogueHistory;
  reader: CatalogueReader;
  takeOver: CatalogueTakeOver;
}>;

type Grounds = Readonly<{
  node: NodeIdentity;
  held: readonly TrustedKey[];
  audit: AuditLog;
  clock: Clock;
  log: OperationalLog;
  /** A log over which there is a dispute takes no entries. */
  isStopped: () => boolean;
}>;

/** The catalogue that counts at the start, before anything else is known. */
export class GovernanceStart {
  private constructor(
    private readonly folder: string,
    private readonly pool: Pool,
    private readonly history: CatalogueHistory,
    private readonly begun: AtStart,
    readonly current: CurrentCatalogue,
  ) {}

  static async read(folder: string, pool: Pool, log: OperationalLog): Promise<GovernanceStart> {
    const history = new PostgresCatalogueHistory(pool);
    const begun = await catalogueAtStart(folder, history, log);
    return new GovernanceStart(folder, pool, history, begun, new CurrentCatalogue(begun.catalogue));
  }

  /** Writes down with what the node works from now on, begins the history where there is none, and follows it. */
  async activate({ node, held, audit, isStopped, ...rest }: Grounds, opened: Opened): Promise<Governing> {
    const { history, begun, current } = this;
    const activation = new CatalogueActivation(node.participant, new PostgresActivationStore(this.pool), audit);
    if (!isStopped()) await activation.activate(() => inForceNow(current, history, node, begun.endpoints), held);
    const inForce = isStopped() ? begun.inForce : await beginHistory(begun, history);
    const reader = new RememberingCatalogueReader(new ChangesCatalogueReader(current, new WorkerCatalogueReader()));
    const endpoints = await EndpointsFile.begin(this.folder, begun.endpoints, rest.log);
    const takeOver = new CatalogueTakeOver(
      {
        ...rest,
        node,
        history,
        reader,
        current,
        activation,
        held,
        endpoints,
        isStopped,
        elapsedMs: () => performance.now(),
      },
      inForce?.version === current.catalogue.version ? inForce : undefined,
    );
    opened.onClose(() => takeOver.close());
    opened.repeat(LOOK_EVERY_MS, () => takeOver.look());
    await takeOver.look();
    return { history, reader, takeOver };
  }
}
