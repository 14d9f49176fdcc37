import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { CatalogueActivation } from '../../src/access/activate-catalogue.js';
import { NodeIdentity } from '../../src/access/node-identity.js';
import { SessionDesk } from '../../src/access/session-desk.js';
import type { TrustedKey } from '../../src/access/trust-state.js';
import { AuditLog } from '../../src/audit/audit-log.js';
import type { Catalogue, Endpoint } from '../../src/catalogue/catalogue.js';
import { CatalogueReader } from '../../src/catalogue/catalogue-reader.js';
import { CurrentCatalogue } from '../../src/catalogue/current-catalogue.js';
import { loadCatalogue, readVersion, VERSION_FILES, type VersionFiles } from '../../src/catalogue/load-catalogue.js';
import { AdministratorDesk } from '../../src/governance/administrator-desk.js';
import { inForceNow } from '../../src/governance/catalogue-at-start.js';
import { DecideCatalogue, DecideCatalogueHandler } from '../../src/governance/decide-catalogue.js';
import { ProposeCatalogue, ProposeCatalogueHandler } from '../../src/governance/propose-catalogue.js';
import { SimulateProposal, SimulateProposalHandler } from '../../src/governance/simulate-proposal.js';
import { CatalogueTakeOver } from '../../src/governance/take-over-catalogue.js';
import { Intermediary, type Permission } from '../../src/permission/intermediary.js';
import type { PastCheck } from '../../src/permission/replay-checks.js';
import { operationalLog } from '../../src/platform/operational-log.js';
import { type ProposalName, proposalDigest, signCatalogueAct } from '../../src/tokens/catalogue-act.js';
import { signSession } from '../../src/tokens/session-token.js';
import { MemoryActivationStore } from '../access/memory-activation-store.js';
import { MemorySessionStore } from '../access/memory-session-store.js';
import { FixedClock, logSigner, MemoryKeyVault } from '../audit/log-keys.js';
import { MemoryLogStore } from '../audit/memory-log-store.js';
import { aFederation } from '../register-edge/federation.js';
import { NOW } from '../support/builders.js';
import { aKeyPair } from '../support/keys.js';
import { aSession } from '../support/sessions.js';
import { MemoryCatalogueHistory } from './memory-catalogue-history.js';

const REASON = 'as discussed';
const ISSUER = 'https://node.example';
const federation = await aFederation();
const administrators = await Promise.all(
  ['administrator-1', 'administrator-2'].map(async (id) => ({ id, pair: await aKeyPair(`${id}-test`) })),
);

/** The files of the catalogue of this repository, with keys whose private halves the test holds. */
const made: Readonly<Record<string, unknown>> = {
  'keys.yaml': { keys: federation.current.catalogue.keys },
  'agreements.yaml': { agreements: [] },
  'administrators.yaml': {
    administrators: administrators.map(({ id, pair: { published } }) => {
      const { use: _, ...key } = published;
      return { id, keys: [key] };
    }),
  },
};
export const files: VersionFiles = new Map(
  VERSION_FILES.map((name) => [
    name,
    name in made ? Buffer.from(stringify(made[name])) : readFileSync(join('catalogue', name)),
  ]),
);

export function changed(name: string, from: string, to: string): Readonly<Record<string, string>> {
  const text = files.get(name)?.toString() ?? '';
  if (!text.includes(from)) throw new Error(`${name} has no "${from}"`);
  return { [name]: text.replace(from, () => to) };
}

/** Reads where it is called: the thread is a matter of the built output. */
class InPlaceReader extends CatalogueReader {
  override async version(given: VersionFiles, endpoints: readonly Endpoint[], nowMs?: number): Promise<Catalogue> {
    return readVersion(given, endpoints, nowMs === undefined ? {} : { nowMs });
  }
  override async folder(folder: string): Promise<Catalogue> {
    return loadCatalogue({ folder });
  }
}

const inFiles = readVersion(files, []);

class AskedBefore extends Intermediary {
  constructor(private readonly governed: Governed) {
    super();
  }
  override check(): Promise<Permission> {
    throw new Error('a simulation asks for nothing');
  }
  override async *pastChecks(sinceMs: number): AsyncGenerator<PastCheck> {
    this.governed.askedSince = sinceMs;
    await this.governed.answering;
    yield* this.governed.asked;
  }
}

/** What a node of the test works with of its own. */
const HELD: readonly TrustedKey[] = [{ participant: 'node', held: true, use: 'trigger', id: 'node-trigger' }];

/** One node and what it needs to change its catalogue; `another` is a second one on the same database and log. */
export class Governed {
  #setBackMs = 0;
  readonly clock = new FixedClock(NOW);
  readonly log = new MemoryLogStore(logSigner, new MemoryKeyVault(), this.clock);
  readonly history = new MemoryCatalogueHistory(this.clock);
  readonly nodes: { current: CurrentCatalogue; takeOver: CatalogueTakeOver }[] = [];
  /** Where others are reached, as the files of the node say it. */
  endpoints: readonly Endpoint[] = [];
  private readonly audit = new AuditLog(this.log);
  private readonly activations = new MemoryActivationStore();
  private readonly identity = new NodeIdentity(
    'node',
    ISSUER,
    federation.nodeCertificate,
    federation.key('node', 'access-token'),
    federation.key('node', 'trigger'),
  );
  readonly proposing: ProposeCatalogueHandler;
  readonly deciding: DecideCatalogueHandler;
  private readonly simulating: SimulateProposalHandler;
  /** What the intermediary says that this node asked. */
  readonly asked: PastCheck[] = [];
  askedSince = -1;
  /** Until then the intermediary does not answer. */
  answering: Promise<void> = Promise.resolve();

  private constructor() {
    const { current, takeOver } = this.another();
    const sessions = new SessionDesk(this.identity, current, new MemorySessionStore(), this.audit, this.clock);
    const desk = new AdministratorDesk(this.identity, sessions, current, this.clock);
    this.proposing = new ProposeCatalogueHandler(
      this.identity,
      desk,
      this.history,
      new InPlaceReader(),
      current,
      this.audit,
      this.clock,
    );
    this.deciding = new DecideCatalogueHandler(desk, this.history, takeOver, this.audit);
    const asked = new AskedBefore(this);
    this.simulating = new SimulateProposalHandler(desk, this.history, new InPlaceReader(), current, asked, this.clock);
  }

  static async begin(): Promise<Governed> {
    const governed = new Governed();
    await governed.history.exclusively(async (open) => {
      await open.keep(inFiles.version, files);
      await open.activate(inFiles.version);
    });
    for (const { takeOver } of governed.nodes) await takeOver.look();
    return governed;
  }

  another(): { current: CurrentCatalogue; takeOver: CatalogueTakeOver } {
    const current = new CurrentCatalogue(inFiles);
    const takeOver = new CatalogueTakeOver(
      {
        node: this.identity,
        history: this.history,
        reader: new InPlaceReader(),
        current,
        activation: new CatalogueActivation('node', this.activations, this.audit),
        held: HELD,
        endpoints: { begun: this.endpoints, latest: async () => this.endpoints },
        clock: this.clock,
        elapsedMs: () => this.clock.ms + this.#setBackMs,
        log: operationalLog('node', 'silent'),
        isStopped: () => false,
      },
      undefined,
    );
    this.nodes.push({ current, takeOver });
    return { current, takeOver };
  }

  /** Of the clock of the machine: time goes on. */
  setBack(ms: number): void {
    this.clock.ms -= ms;
    this.#setBackMs += ms;
  }

  /** A node that has read its files and not yet written down what it works with. */
  starting(): { current: CurrentCatalogue; activate: () => Promise<void> } {
    const current = new CurrentCatalogue(inFiles);
    const activation = new CatalogueActivation('node', this.activations, this.audit);
    const activate = () =>
      activation.activate(() => inForceNow(current, this.history, this.identity, this.endpoints), HELD);
    return { current, activate };
  }

  get version(): string {
    return this.nodes[0]?.current.catalogue.version ?? '';
  }

  events(): readonly string[] {
    return this.log.entries.map(({ caller }) => caller.event);
  }

  async propose(
    content: Readonly<{ files?: Readonly<Record<string, string>>; version?: string; activateAt?: number }>,
    by: Deviation = {},
  ) {
    const { files: changes = {}, version = '', activateAt } = content;
    const requestId = by.requestId ?? randomUUID();
    const digest = proposalDigest({ files: changes, version, activateAt });
    const signature = await this.signed(by, { act: 'propose', request_id: requestId, content: by.content ?? digest });
    return this.proposing.execute(
      new ProposeCatalogue(await this.call(by), signature, requestId, changes, version, activateAt),
    );
  }

  async decide(version: string, approved = true, by: Deviation = {}) {
    const requestId = by.requestId ?? randomUUID();
    const signing = { administrator: 'administrator-2', ...by };
    const signature = by.signature ?? (await this.signedDecision(version, approved, { ...signing, requestId }));
    return this.deciding.execute(
      new DecideCatalogue(await this.call(signing), signature, requestId, version, approved, REASON),
    );
  }

  async simulate(version: string, by: Deviation = {}) {
    const limits = { deadline: this.clock.now() + 60_000, signal: new AbortController().signal };
    return this.simulating.execute(new SimulateProposal(await this.call(by), version, 42, limits));
  }

  /** Over the last proposal of this version, if nothing else is said. */
  async signedDecision(version: string, approved = true, by: Deviation = {}): Promise<string> {
    const found = (await this.history.proposals(100)).find((it) => it.version === version);
    const { id = randomUUID(), basedOn = 1, activateAt = null } = found ?? {};
    return this.signed(
      { administrator: 'administrator-2', ...by },
      {
        ...{ act: approved ? 'approve' : 'reject', request_id: by.requestId ?? randomUUID() },
        proposal: { id, version, based_on: basedOn, activate_at: activateAt, ...by.named },
        reason: by.reason ?? REASON,
      },
    );
  }

  private async signed(by: Deviation, act: Parameters<typeof signCatalogueAct>[0]): Promise<string> {
    const administrator = by.administrator ?? 'administrator-1';
    const holder = administrators.find(({ id }) => id === (by.keyOf ?? administrator));
    if (holder === undefined) throw new Error('no such administrator');
    const { signing: key } = holder.pair;
    return signCatalogueAct(act, { administrator, node: 'node', key, nowMs: this.clock.now() });
  }

  private async call({ administrator = 'administrator-1', session = {} }: Deviation) {
    const actor = `pairwise-pseudonym-of-${administrator}`;
    const token = await signSession(aSession({ role: 'administrator', actor, ...session }), {
      ...{ pages: 'pages', issuer: ISSUER, key: federation.key('pages', 'session'), nowMs: this.clock.now() },
    });
    const participant = this.nodes[0]?.current.lookup.participant('pages');
    if (participant === undefined) throw new Error('no pages');
    return { caller: { participant, thumbprint: 'x' }, sessionToken: token };
  }
}

type Deviation = Readonly<{
  administrator?: string;
  /** Whose key signs. */
  keyOf?: string;
  /** What is signed, if not what is sent. */
  content?: string;
  /** Of a decision. */
  named?: Partial<ProposalName>;
  reason?: string;
  signature?: string;
  requestId?: string;
  session?: Partial<Parameters<typeof aSession>[0]>;
}>;
