import type { Metadata } from '@grpc/grpc-js';
import { Controller } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import type { ServerCall } from '../platform/call.js';
import { Decoder } from '../platform/decode.js';
import { refusal } from '../platform/fault.js';
import type { DeleteSavedFilterRequest__Output } from '../platform/rpc-types/einmal/broker/v1/DeleteSavedFilterRequest.js';
import type { DeleteSavedFilterResponse } from '../platform/rpc-types/einmal/broker/v1/DeleteSavedFilterResponse.js';
import type { ListSavedFiltersRequest__Output } from '../platform/rpc-types/einmal/broker/v1/ListSavedFiltersRequest.js';
import type { ListSavedFiltersResponse } from '../platform/rpc-types/einmal/broker/v1/ListSavedFiltersResponse.js';
import type { SavedFilter, SavedFilter__Output } from '../platform/rpc-types/einmal/broker/v1/SavedFilter.js';
import type { SaveFilterRequest__Output } from '../platform/rpc-types/einmal/broker/v1/SaveFilterRequest.js';
import type { SaveFilterResponse } from '../platform/rpc-types/einmal/broker/v1/SaveFilterResponse.js';
import { decodeQuery, visitOf } from './decode-oversight.js';
import { OversightDesk, type Visit } from './oversight-desk.js';
import { type FilterOwner, SavedFilters } from './saved-filters.js';

/** Filters are settings of their officer's own and show nothing of the log: using one is the look that is on record. */
@Controller()
export class FiltersRpc {
  constructor(
    private readonly desk: OversightDesk,
    private readonly filters: SavedFilters,
  ) {}

  @GrpcMethod('OversightService', 'ListSavedFilters')
  async listSavedFilters(
    request: ListSavedFiltersRequest__Output,
    _metadata: Metadata,
    call: ServerCall,
  ): Promise<ListSavedFiltersResponse> {
    const decoder = new Decoder();
    const owner = await this.ownerOf(decoder.done(visitOf(decoder, request, call)));
    const saved = await this.filters.list(owner);
    return { filters: saved.map(({ name, query }) => ({ ...(query as SavedFilter), name })) };
  }

  @GrpcMethod('OversightService', 'SaveFilter')
  async saveFilter(
    request: SaveFilterRequest__Output,
    _metadata: Metadata,
    call: ServerCall,
  ): Promise<SaveFilterResponse> {
    const decoder = new Decoder();
    const { filter, events, name: given }: Partial<SavedFilter__Output> = request.filter ?? {};
    const name = decodeName(decoder, 'filter.name', given);
    decodeQuery(decoder, filter, events);
    const owner = await this.ownerOf(decoder.done(visitOf(decoder, request, call)));
    if (!(await this.filters.save(owner, { name, query: { filter: filter ?? {}, events: events ?? [] } }))) {
      decoder.refuse('filter', 'there are as many as there may be');
      decoder.done(undefined);
    }
    return {};
  }

  @GrpcMethod('OversightService', 'DeleteSavedFilter')
  async deleteSavedFilter(
    request: DeleteSavedFilterRequest__Output,
    _metadata: Metadata,
    call: ServerCall,
  ): Promise<DeleteSavedFilterResponse> {
    const decoder = new Decoder();
    const name = decodeName(decoder, 'name', request.name);
    const owner = await this.ownerOf(decoder.done(visitOf(decoder, request, call)));
    if (!(await this.filters.remove(owner, name))) throw refusal('NOT_FOUND');
    return {};
  }

  private async ownerOf(visit: Visit): Promise<FilterOwner> {
    const { pages, session } = await this.desk.accept(visit);
    return { pages, actor: session.actor };
  }
}

function decodeName(decoder: Decoder, field: string, given: string | undefined): string {
  const name = decoder.optionalLine(field, given);
  if (name === undefined) decoder.refuse(field, 'is required');
  return name ?? '';
}
