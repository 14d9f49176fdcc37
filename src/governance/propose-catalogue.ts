import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { NodeIdentity } from '../access/node-identity.js';
import { AuditLog } from '../audit/audit-log.js';
import { copyOf, type ReceiptCopy } from '../audit/receipt.js';
import type { Catalogue } from '../catalogue/catalogue.js';
import { CatalogueFault, type Fault as CatalogueMistake } from '../catalogue/catalogue-fault.js';
import { CatalogueReader } from '../catalogue/catalogue-reader.js';
import { CurrentCatalogue } from '../catalogue/current-catalogue.js';
import type { VersionFiles } from '../catalogue/load-catalogue.js';
import { type LoosenedDemand, loosenedDemands } from '../permission/loosened-demands.js';
import type { Caller } from '../platform/caller.js';
import { Clock } from '../platform/clock.js';
import { Fault, invalid, outage, refusal } from '../platform/fault.js';
import { proposalDigest } from '../tokens/catalogue-act.js';
import { type Acting, AdministratorDesk } from './administrator-desk.js';
import { type Activation, CatalogueHistory, type NewProposal, type OpenHistory, stateOf } from './catalogue-history.js';
import { ownPlaceFaults } from './own-place.js';

export type Proposed =
  | Readonly<{ version: string; receipt: ReceiptCopy | undefined; loosened: readonly LoosenedDemand[] }>
  | Readonly<{ faults: readonly CatalogueMistake[] }>;

/** A changed catalogue, or an earlier one again. Checked as a whole; nothing comes into force by it. */
export class ProposeCatalogue extends Command<Proposed> {
  constructor(
    readonly call: Readonly<{ caller: Caller; sessionToken: string }>,
    readonly signature: string,
    readonly requestId: string,
    /** What changes, by file name; empty where `version` names what to go back to. */
    readonly files: Readonly<Record<string, string>>,
    readonly version: string,
    /** Milliseconds since the epoch. */
    readonly activateAt: number | undefined,
  ) {
    super();
  }
}

@CommandHandler(ProposeCatalogue)
export class ProposeCatalogueHandler implements ICommandHandler<ProposeCatalogue> {
  #isBusy = false;

  constructor(
    private readonly node: NodeIdentity,
    private readonly administrators: AdministratorDesk,
    private readonly history: CatalogueHistory,
    private readonly reader: CatalogueReader,
    private readonly current: CurrentCatalogue,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** @throws Fault of `AdministratorDesk.accept`, BUSY, CATALOGUE_CHANGED, REQUEST_ID_REUSED, REQUEST_INVALID, NOT_FOUND */
  async execute(command: ProposeCatalogue): Promise<Proposed> {
    const { requestId, signature } = command;
    const content = proposalDigest(command);
    const acting = await this.administrators.accept(command.call, signature, {
      ...{ act: 'propose', request_id: requestId, content },
    });
    if (this.#isBusy) throw outage('BUSY');
    this.#isBusy = true;
    try {
      const base = await this.history.inForce();
      if (base === undefined) throw outage('CATALOGUE_UNAVAILABLE');
      const files = await this.filesOf(command, base);
      const read = await this.read(files, this.clock.now());
      if ('faults' in read) return read;
      const proposal: NewProposal = {
        ...{
          id: requestId,
          version: read.version,
          basedOn: base.number,
          changed: Object.keys(command.files).toSorted(),
        },
        ...(command.activateAt === undefined ? {} : { activateAt: command.activateAt }),
        ...{ proposedBy: acting.administrator, actor: acting.session.actor, fingerprint: content },
      };
      const receipt = await this.history.exclusively((open) =>
        this.record(open, proposal, files, base, acting, command),
      );
      const loosened = await loosenedDemands(this.current.catalogue, read);
      return { version: read.version, receipt, loosened };
    } finally {
      this.#isBusy = false;
    }
  }

  private async filesOf({ files, version }: ProposeCatalogue, base: Activation): Promise<VersionFiles> {
    const kept = await this.history.filesOf(version === '' ? base.version : version);
    if (kept === undefined) throw refusal('NOT_FOUND');
    return new Map([...kept, ...Object.entries(files).map(([name, text]) => [name, Buffer.from(text)] as const)]);
  }

  private async read(
    files: VersionFiles,
    nowMs: number,
  ): Promise<Catalogue | Readonly<{ faults: readonly CatalogueMistake[] }>> {
    try {
      const read = await this.reader.version(files, this.current.catalogue.endpoints, nowMs);
      const faults = ownPlaceFaults(read, this.node);
      return faults.length > 0 ? { faults } : read;
    } catch (error) {
      if (!(error instanceof CatalogueFault)) throw error;
      return { faults: error.faults };
    }
  }

  /** @returns undefined where this very proposal was made before */
  private async record(
    open: OpenHistory,
    proposal: NewProposal,
    files: VersionFiles,
    base: Activation,
    { administrator, session, signed }: Acting,
    { call }: ProposeCatalogue,
  ): Promise<ReceiptCopy | undefined> {
    const { id, version, fingerprint, changed, activateAt } = proposal;
    const [proposals, inForce] = [await open.proposals(), await open.inForce()];
    const same = proposals.find((it) => it.id === id);
    if (same !== undefined) {
      if (same.fingerprint === fingerprint && same.proposedBy === administrator) return undefined;
      throw new Fault('REQUEST_ID_REUSED');
    }
    if (inForce?.number !== base.number) throw refusal('CATALOGUE_CHANGED');
    const field = changed.length > 0 ? 'files' : 'version';
    if (version === base.version) throw invalid([{ field, description: 'make the version that is in force' }]);
    const isOpen = (it: (typeof proposals)[number]) =>
      ['proposed', 'approved'].includes(stateOf(it, base.number, new Set()));
    if (proposals.some((it) => it.version === version && isOpen(it)))
      throw invalid([{ field, description: 'make a version that is proposed already' }]);
    const { id: sessionId, role, assurance, actor } = session;
    const receipt = await this.audit.catalogueChange('catalogue.proposed', {
      caller: { consumer: call.caller.participant.id },
      protected: {
        session: { id: sessionId, role, assurance, actor },
        proposal: {
          ...{ id, version, previous: base.version, by: administrator, signed, changed },
          ...(activateAt === undefined ? {} : { activate_at: new Date(activateAt).toISOString() }),
        },
      },
    });
    await open.keep(version, files);
    await open.propose(proposal);
    return copyOf(receipt);
  }
}
