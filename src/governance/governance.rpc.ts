import type { Metadata } from '@grpc/grpc-js';
import { Controller } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { GrpcMethod } from '@nestjs/microservices';
import { receiptToWire } from '../audit/receipt.wire.js';
import { simulationToWire } from '../permission/policy.wire.js';
import { deadlineOf, type ServerCall, signalOf } from '../platform/call.js';
import { callerOf } from '../platform/caller.js';
import { Clock, toTimestamp } from '../platform/clock.js';
import { Decoder } from '../platform/decode.js';
import type { CatalogueProposal } from '../platform/rpc-types/einmal/broker/v1/CatalogueProposal.js';
import type { DecideCatalogueRequest__Output } from '../platform/rpc-types/einmal/broker/v1/DecideCatalogueRequest.js';
import type { DecideCatalogueResponse } from '../platform/rpc-types/einmal/broker/v1/DecideCatalogueResponse.js';
import type { GetCatalogueVersionRequest__Output } from '../platform/rpc-types/einmal/broker/v1/GetCatalogueVersionRequest.js';
import type { GetCatalogueVersionResponse } from '../platform/rpc-types/einmal/broker/v1/GetCatalogueVersionResponse.js';
import type { ListCatalogueVersionsRequest__Output } from '../platform/rpc-types/einmal/broker/v1/ListCatalogueVersionsRequest.js';
import type { ListCatalogueVersionsResponse } from '../platform/rpc-types/einmal/broker/v1/ListCatalogueVersionsResponse.js';
import type { ProposeCatalogueRequest__Output } from '../platform/rpc-types/einmal/broker/v1/ProposeCatalogueRequest.js';
import type { ProposeCatalogueResponse } from '../platform/rpc-types/einmal/broker/v1/ProposeCatalogueResponse.js';
import type { SimulateProposalRequest__Output } from '../platform/rpc-types/einmal/broker/v1/SimulateProposalRequest.js';
import type { SimulateProposalResponse } from '../platform/rpc-types/einmal/broker/v1/SimulateProposalResponse.js';
import { DecideCatalogue } from './decide-catalogue.js';
import { GetCatalogueVersion } from './get-catalogue-version.js';
import { type CatalogueVersions, ListCatalogueVersions } from './list-catalogue-versions.js';
import { ProposeCatalogue } from './propose-catalogue.js';
import { SimulateProposal } from './simulate-proposal.js';

const MAX_FILES = 32;
/** A simulation may take as long as its caller waits, but not for ever. */
const LONGEST_MS = 60_000;
const VERSION = /^[A-Za-z0-9_-]{43}$/;

/** Changes of the catalogue, for pages in whose session an administrator acts. */
@Controller()
export class GovernanceRpc {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly clock: Clock,
  ) {}

  @GrpcMethod('CatalogueService', 'ProposeCatalogue')
  async proposeCatalogue(
    request: ProposeCatalogueRequest__Output,
    _metadata: Metadata,
    call: ServerCall,
  ): Promise<ProposeCatalogueResponse> {
    const decoder = new Decoder();
    const files = decoder.list('files', Object.entries(request.files ?? {}), { min: 0, max: MAX_FILES });
    const version = request.version ? decodeVersion(decoder, request.version) : '';
    if (files.length > 0 === (version !== '')) decoder.refuse('files', 'are required, or a version to go back to');
    const command = new ProposeCatalogue(
      sessionOf(decoder, request, call),
      decoder.token('signature', request.signature),
      decoder.uuid('request_id', request.request_id),
      Object.fromEntries(files),
      version,
      request.activate_time ? decoder.moment('activate_time', request.activate_time) : undefined,
    );
    const proposed = await this.commands.execute(decoder.done(command));
    if ('faults' in proposed) return { faults: proposed.faults.map((it) => ({ ...it })) };
    const { receipt, version: proposedVersion } = proposed;
    const loosened = proposed.loosened.map(({ demands, ...it }) => ({ ...it, demands: [...demands] }));
    return {
      ...{ version: proposedVersion, loosened },
      ...(receipt === undefined ? {} : { receipt: receiptToWire(receipt) }),
    };
  }

  @GrpcMethod('CatalogueService', 'DecideCatalogue')
  async decideCatalogue(
    request: DecideCatalogueRequest__Output,
    _metadata: Metadata,
    call: ServerCall,
  ): Promise<DecideCatalogueResponse> {
    const decoder = new Decoder();
    const reason = decoder.optionalLine('reason', request.reason) ?? '';
    if (reason === '') decoder.refuse('reason', 'is required');
    const command = new DecideCatalogue(
      sessionOf(decoder, request, call),
      decoder.token('signature', request.signature),
      decoder.uuid('request_id', request.request_id),
      decodeVersion(decoder, request.version),
      request.approve ?? false,
      reason,
    );
    return { receipt: receiptToWire(await this.commands.execute(decoder.done(command))) };
  }

  @GrpcMethod('CatalogueService', 'ListCatalogueVersions')
  async listCatalogueVersions(
    request: ListCatalogueVersionsRequest__Output,
    _metadata: Metadata,
    call: ServerCall,
  ): Promise<ListCatalogueVersionsResponse> {
    const decoder = new Decoder();
    const query = decoder.done(new ListCatalogueVersions(sessionOf(decoder, request, call)));
    const { activations, proposals } = await this.queries.execute(query);
    return {
      activations: activations.map(({ number, version, proposal = '', activatedAt }) => ({
        ...{ number, version, proposal, activate_time: toTimestamp(activatedAt) },
      })),
      proposals: proposals.map(proposalToWire),
    };
  }

  @GrpcMethod('CatalogueService', 'GetCatalogueVersion')
  async getCatalogueVersion(
    request: GetCatalogueVersionRequest__Output,
    _metadata: Metadata,
    call: ServerCall,
  ): Promise<GetCatalogueVersionResponse> {
    const decoder = new Decoder();
    const version = request.version ? decodeVersion(decoder, request.version) : '';
    const query = decoder.done(new GetCatalogueVersion(sessionOf(decoder, request, call), version));
    const { files, ...found } = await this.queries.execute(query);
    return { ...found, files: Object.fromEntries([...files].map(([name, content]) => [name, content.toString()])) };
  }

  @GrpcMethod('CatalogueService', 'SimulateProposal')
  async simulateProposal(
    request: SimulateProposalRequest__Output,
    _metadata: Metadata,
    call: ServerCall,
  ): Promise<SimulateProposalResponse> {
    const decoder = new Decoder();
    const query = new SimulateProposal(
      sessionOf(decoder, request, call),
      decodeVersion(decoder, request.version),
      decoder.moment('since_time', request.since_time),
      { deadline: Math.min(deadlineOf(call), this.clock.now() + LONGEST_MS), signal: signalOf(call) },
    );
    return { simulation: simulationToWire(await this.queries.execute(decoder.done(query))) };
  }
}

function sessionOf(decoder: Decoder, { session_token }: Readonly<{ session_token?: string }>, call: ServerCall) {
  return { caller: callerOf(call), sessionToken: decoder.token('session_token', session_token) };
}

function decodeVersion(decoder: Decoder, version = ''): string {
  if (!VERSION.test(version)) decoder.refuse('version', 'must be a version');
  return version;
}

function proposalToWire(proposal: CatalogueVersions['proposals'][number]): CatalogueProposal {
  const { id, version, state, basedOn, proposedBy, proposedAt, activateAt, changed, decision } = proposal;
  const named = state.toUpperCase() as Uppercase<typeof state>;
  return {
    ...{ proposal: id, version, state: `CATALOGUE_PROPOSAL_STATE_${named}`, proposed_by: proposedBy },
    ...{ based_on: basedOn, propose_time: toTimestamp(proposedAt) },
    ...(activateAt === undefined ? {} : { activate_time: toTimestamp(activateAt) }),
    changed_files: [...changed],
    ...(decision === undefined
      ? {}
      : { decided_by: decision.decidedBy, decide_time: toTimestamp(decision.decidedAt), reason: decision.reason }),
  };
}
