import type { Metadata } from '@grpc/grpc-js';
import { Controller } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import type { ServerCall } from '../platform/call.js';
import { callerOf } from '../platform/caller.js';
import { Clock, toTimestamp } from '../platform/clock.js';
import { Decoder } from '../platform/decode.js';
import { refusal } from '../platform/fault.js';
import { germanDay } from '../platform/german-day.js';
import type { DescribeServiceRequest__Output } from '../platform/rpc-types/einmal/broker/v1/DescribeServiceRequest.js';
import type { DescribeServiceResponse } from '../platform/rpc-types/einmal/broker/v1/DescribeServiceResponse.js';
import type { FindRouteRequest__Output } from '../platform/rpc-types/einmal/broker/v1/FindRouteRequest.js';
import type { FindRouteResponse } from '../platform/rpc-types/einmal/broker/v1/FindRouteResponse.js';
import type { ListEvidenceTypesRequest__Output } from '../platform/rpc-types/einmal/broker/v1/ListEvidenceTypesRequest.js';
import type { ListEvidenceTypesResponse } from '../platform/rpc-types/einmal/broker/v1/ListEvidenceTypesResponse.js';
import type { ListServicesRequest__Output } from '../platform/rpc-types/einmal/broker/v1/ListServicesRequest.js';
import type { ListServicesResponse } from '../platform/rpc-types/einmal/broker/v1/ListServicesResponse.js';
import type { ServiceNeed } from '../platform/rpc-types/einmal/broker/v1/ServiceNeed.js';
import { textHash } from '../tokens/digest.js';
import type { Need, OnlineService } from './catalogue.js';
import { CurrentCatalogue } from './current-catalogue.js';
import { byLanguage } from './manual-path.js';
import { page } from './page.js';
import { freshUntil, route } from './route.js';
import { decodeWhere } from './where.js';

/** Reads the law of the exchange; queries straight from memory, nothing to log. */
@Controller()
export class CatalogueRpc {
  constructor(
    private readonly current: CurrentCatalogue,
    private readonly clock: Clock,
  ) {}

  @GrpcMethod('CatalogueService', 'DescribeService')
  describeService(
    request: DescribeServiceRequest__Output,
    _metadata: Metadata,
    call: ServerCall,
  ): DescribeServiceResponse {
    const decoder = new Decoder();
    const id = decoder.done(decoder.identifier('service', request.service));
    const service = this.servicesOf(call).find((it) => it.id === id);
    if (service === undefined) throw refusal('NOT_FOUND');
    const { lookup, catalogue } = this.current;
    return {
      service: service.id,
      leika: service.leika ?? '',
      title: service.title.de,
      consumer: service.consumer,
      purpose: service.purpose,
      purpose_hash: lookup.purpose(service.purpose)?.hash ?? '',
      min_assurance: service.min_assurance,
      subjects: service.subjects.map(
        ({ role, title, represented_by, may_be_represented_by, representation, kind }) => ({
          role,
          title: title.de,
          legal_person: kind === 'legal',
          ...(represented_by === undefined ? {} : { represented_by }),
          ...(may_be_represented_by === undefined ? {} : { may_be_represented_by }),
          representations: [...(representation ?? [])],
        }),
      ),
      needs: service.needs.map((need) => this.needToWire(need)),
      fields: service.mapping.map(({ fim_id, label, subject_role, from }) => ({
        fim_id,
        label: label.de,
        subject_role,
        evidence_type: from.evidence_type,
        attribute: from.attribute,
        ...(from.subject_role === undefined ? {} : { source_role: from.subject_role }),
        ...(from.path === undefined ? {} : { path: from.path }),
        ...(from.each === undefined ? {} : { each: from.each }),
        ...(from.match === undefined ? {} : { match: { ...from.match } }),
      })),
      catalogue_version: catalogue.version,
    };
  }

  @GrpcMethod('CatalogueService', 'ListServices')
  listServices(request: ListServicesRequest__Output, _metadata: Metadata, call: ServerCall): ListServicesResponse {
    const { items, next } = page(this.servicesOf(call), ({ id }) => id, request);
    return {
      services: items.map(({ id, leika = '', title }) => ({ service: id, leika, title: title.de })),
      next_page_token: next,
    };
  }

  @GrpcMethod('CatalogueService', 'ListEvidenceTypes')
  listEvidenceTypes(request: ListEvidenceTypesRequest__Output): ListEvidenceTypesResponse {
    const { items, next } = page(this.current.catalogue.evidence_types, ({ id }) => id, request);
    return {
      evidence_types: items.map(({ id, vct, title, register_type, attributes }) => ({
        evidence_type: id,
        vct,
        title: title.de,
        register_type,
        attributes: attributes.map((it) => it.id),
      })),
      next_page_token: next,
    };
  }

  @GrpcMethod('CatalogueService', 'FindRoute')
  findRoute(request: FindRouteRequest__Output, _metadata: Metadata, call: ServerCall): FindRouteResponse {
    const decoder = new Decoder();
    const id = decoder.identifier('evidence_type', request.evidence_type);
    const where = decodeWhere(decoder, '', request);
    decoder.done(id);
    const type = this.current.lookup.evidenceType(id);
    const isNeeded = this.servicesOf(call).some(({ needs }) => needs.some(({ evidence_type }) => evidence_type === id));
    // AIP-211: who may not ask for it does not learn whether it exists.
    if (type === undefined || !isNeeded) throw refusal('TRANSFER_NOT_PERMITTED');
    const nowMs = this.clock.now();
    const found = route(this.current.lookup.routes, type, where, germanDay(nowMs));
    const until = {
      catalogue_version: this.current.catalogue.version,
      fresh_until_time: toTimestamp(freshUntil(nowMs)),
    };
    switch (found.kind) {
      case 'one':
        return { register: found.register.id, ...until };
      case 'needs':
        return { needs_parameter: found.parameters.join(','), ...until };
      case 'none':
        throw refusal('REGISTER_NOT_FOUND');
      case 'several':
        throw refusal('REGISTER_AMBIGUOUS');
    }
  }

  private servicesOf(call: ServerCall): readonly OnlineService[] {
    const { participant } = callerOf(call);
    return this.current.catalogue.services.filter(({ consumer }) => consumer === participant.id);
  }

  private needToWire(need: Need): ServiceNeed {
    const basis = this.current.lookup.legalBasis(need.legal_basis);
    const texts = byLanguage(need.decision_text);
    return {
      evidence_type: need.evidence_type,
      subject_role: need.subject_role,
      legal_basis: need.legal_basis,
      norm: basis === undefined ? '' : `${basis.norm} ${basis.paragraph}`,
      trigger_kind: basis === undefined ? 'TRIGGER_KIND_UNSPECIFIED' : `TRIGGER_KIND_${basis.trigger}`,
      preview_granted: basis?.preview ?? false,
      fields: [...need.fields],
      decision_texts: texts,
      decision_text_hashes: Object.fromEntries(
        Object.entries(texts).map(([language, text]) => [language, textHash(text)]),
      ),
      manual: need.manual.de,
      manual_texts: byLanguage(need.manual),
    };
  }
}
