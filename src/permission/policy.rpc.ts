import type { Metadata } from '@grpc/grpc-js';
import { Controller } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { GrpcMethod } from '@nestjs/microservices';
import { CurrentCatalogue } from '../catalogue/current-catalogue.js';
import type { CatalogueLookup } from '../catalogue/lookup.js';
import { page } from '../catalogue/page.js';
import { deadlineOf, type ServerCall, signalOf } from '../platform/call.js';
import { callerOf } from '../platform/caller.js';
import { Clock } from '../platform/clock.js';
import { Decoder } from '../platform/decode.js';
import { refusal } from '../platform/fault.js';
import type { ExplainTransferRequest__Output } from '../platform/rpc-types/einmal/broker/v1/ExplainTransferRequest.js';
import type { ExplainTransferResponse } from '../platform/rpc-types/einmal/broker/v1/ExplainTransferResponse.js';
import type { ListPermissionsRequest__Output } from '../platform/rpc-types/einmal/broker/v1/ListPermissionsRequest.js';
import type { ListPermissionsResponse } from '../platform/rpc-types/einmal/broker/v1/ListPermissionsResponse.js';
import type { SimulateCatalogueRequest__Output } from '../platform/rpc-types/einmal/broker/v1/SimulateCatalogueRequest.js';
import type { SimulateCatalogueResponse } from '../platform/rpc-types/einmal/broker/v1/SimulateCatalogueResponse.js';
import { CurrentRules } from './current-rules.js';
import { decodeQuestion } from './decode-question.js';
import { explainAgreed } from './explain-agreed.js';
import { explanationToWire } from './explanation.wire.js';
import { permissionMatrix } from './permission-matrix.js';
import { permittedKey, permittedToWire, simulationToWire } from './policy.wire.js';
import { mayAskAbout, type PolicyScope, policyScope } from './policy-scope.js';
import { SimulateCatalogue } from './simulate-catalogue.js';

const MAX_FILES = 16;
/** A simulation may take as long as its caller waits, but not for ever. */
const LONGEST_MS = 60_000;

/** What the catalogue of this node says about permissions: each participant what concerns itself. */
@Controller()
export class PolicyRpc {
  constructor(
    private readonly current: CurrentCatalogue,
    private readonly rules: CurrentRules,
    private readonly queries: QueryBus,
    private readonly clock: Clock,
  ) {}

  @GrpcMethod('CatalogueService', 'ExplainTransfer')
  explainTransfer(
    request: ExplainTransferRequest__Output,
    _metadata: Metadata,
    call: ServerCall,
  ): ExplainTransferResponse {
    const { fields, ...question } = decodeQuestion(request, '');
    const scope = scopeOf(call, this.current.lookup);
    if (!mayAskAbout(scope, question)) throw refusal('CALL_NOT_ALLOWED');
    const whose = scope.of === 'node' ? 'all' : 'own';
    const explained = explainAgreed(this.rules.index, question, fields, { whose, nowMs: this.clock.now() });
    return { explanation: explanationToWire(explained, this.current.catalogue.version) };
  }

  @GrpcMethod('CatalogueService', 'ListPermissions')
  listPermissions(
    request: ListPermissionsRequest__Output,
    _metadata: Metadata,
    call: ServerCall,
  ): ListPermissionsResponse {
    const scope = scopeOf(call, this.current.lookup);
    const permitted = permissionMatrix(this.rules.index, (it) => mayAskAbout(scope, it));
    const { items, next } = page(permitted, permittedKey, request);
    return {
      permissions: items.map((it) => permittedToWire(it, this.current.lookup.purpose(it.purpose)?.hash ?? '')),
      next_page_token: next,
      catalogue_version: this.current.catalogue.version,
    };
  }

  @GrpcMethod('CatalogueService', 'SimulateCatalogue')
  async simulateCatalogue(
    request: SimulateCatalogueRequest__Output,
    _metadata: Metadata,
    call: ServerCall,
  ): Promise<SimulateCatalogueResponse> {
    const decoder = new Decoder();
    const since = decoder.moment('since_time', request.since_time);
    const files = decoder.list('files', Object.entries(request.files ?? {}), { min: 0, max: MAX_FILES });
    const version = request.version ?? '';
    if (version === '' && files.length === 0) decoder.refuse('version', 'is required where there are no files');
    const query = new SimulateCatalogue(
      scopeOf(call, this.current.lookup),
      new Map(files.map(([name, content]) => [name, Buffer.from(content)])),
      version === '' ? undefined : version,
      since,
      { deadline: Math.min(deadlineOf(call), this.clock.now() + LONGEST_MS), signal: signalOf(call) },
    );
    return simulationToWire(await this.queries.execute(decoder.done(query)));
  }
}

function scopeOf(call: ServerCall, lookup: CatalogueLookup): PolicyScope {
  return policyScope(callerOf(call).participant, lookup);
}
