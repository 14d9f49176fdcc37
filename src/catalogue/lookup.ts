import type {
  Agreement,
  Area,
  Catalogue,
  Endpoint,
  EvidenceType,
  KeyUse,
  LegalBasis,
  OnlineService,
  Participant,
  ParticipantKey,
  ParticipantKeys,
  Purpose,
  RecipientMatrix,
  Register,
} from './catalogue.js';
import { RouteIndex } from './route-index.js';

type CalledEndpoint = Endpoint & Readonly<{ address: string }>;

/** The catalogue by its identifiers; built once per catalogue. */
export class CatalogueLookup {
  readonly #areas: ReadonlyMap<string, Area>;
  readonly #participants: ReadonlyMap<string, Participant>;
  readonly #registers: ReadonlyMap<string, Register>;
  readonly #evidenceTypes: ReadonlyMap<string, EvidenceType>;
  readonly #legalBases: ReadonlyMap<string, LegalBasis>;
  readonly #purposes: ReadonlyMap<string, Purpose>;
  readonly #matrices: ReadonlyMap<string, RecipientMatrix>;
  readonly #services: ReadonlyMap<string, OnlineService>;
  readonly #endpoints: ReadonlyMap<string, Endpoint>;
  readonly #keys: ReadonlyMap<string, ParticipantKeys>;
  readonly #agreements: ReadonlyMap<string, readonly Agreement[]>;
  readonly #byCertificate: ReadonlyMap<string, Participant>;
  readonly routes: RouteIndex;

  constructor(readonly catalogue: Catalogue) {
    const byId = <T extends Readonly<{ id: string }>>(entries: readonly T[]) =>
      new Map(entries.map((it) => [it.id, it]));
    this.#areas = byId(catalogue.areas);
    this.#participants = byId(catalogue.participants);
    this.#registers = byId(catalogue.registers);
    this.#evidenceTypes = byId(catalogue.evidence_types);
    this.#legalBases = byId(catalogue.legal_bases);
    this.#purposes = byId(catalogue.purposes);
    this.#services = byId(catalogue.services);
    this.#matrices = new Map(catalogue.recipient_matrices.map((it) => [it.evidence_type, it]));
    this.#endpoints = new Map(catalogue.endpoints.map((it) => [it.participant, it]));
    this.#keys = new Map(catalogue.keys.map((it) => [it.participant, it]));
    const agreements = new Map<string, Agreement[]>();
    for (const it of catalogue.agreements ?? []) {
      const pair = `${it.consumer}\n${it.register}`;
      agreements.set(pair, [...(agreements.get(pair) ?? []), it]);
    }
    this.#agreements = agreements;
    const byCertificate = new Map<string, Participant>();
    for (const { participant, certificates } of catalogue.keys) {
      const owner = this.#participants.get(participant);
      for (const thumbprint of owner ? certificates : []) if (owner) byCertificate.set(thumbprint, owner);
    }
    this.#byCertificate = byCertificate;
    this.routes = new RouteIndex(catalogue);
  }

  area(id: string): Area | undefined {
    return this.#areas.get(id);
  }

  /** The outermost area that contains this one: the one that the law separates (IDNrG § 7 Abs. 2). */
  outermostArea(id: string): string {
    const parent = this.#areas.get(id)?.part_of;
    return parent === undefined ? id : this.outermostArea(parent);
  }

  participant(id: string): Participant | undefined {
    return this.#participants.get(id);
  }

  /** By base64url SHA-256 of the DER certificate (`x5t#S256`). */
  participantByCertificate(thumbprint: string): Participant | undefined {
    return this.#byCertificate.get(thumbprint);
  }

  participantsOfKind(kind: Participant['kind']): readonly Participant[] {
    return this.catalogue.participants.filter((it) => it.kind === kind);
  }

  keysOf(participant: string): ParticipantKeys | undefined {
    return this.#keys.get(participant);
  }

  /** Every key this participant may use for this; several while one replaces another. */
  keys(participant: string, use: KeyUse): readonly ParticipantKey[] {
    return this.#keys.get(participant)?.keys.filter((it) => it.use === use) ?? [];
  }

  key(participant: string, use: KeyUse, kid: string): ParticipantKey | undefined {
    return this.keys(participant, use).find((it) => it.kid === kid);
  }

  /** All between these two, in force or not. */
  agreements(consumer: string, register: string): readonly Agreement[] {
    return this.#agreements.get(`${consumer}\n${register}`) ?? [];
  }

  /** Where a participant is called by gRPC. */
  endpoint(participant: string): CalledEndpoint | undefined {
    const endpoint = this.#endpoints.get(participant);
    return endpoint !== undefined && isCalled(endpoint) ? endpoint : undefined;
  }

  /** Where a consumer is told how its deferred exchanges stand. */
  noticeEndpoint(participant: string): Readonly<{ address: string; path: string; serverName: string }> | undefined {
    const { notice_url, server_name: serverName } = this.#endpoints.get(participant) ?? {};
    if (notice_url === undefined || serverName === undefined) return undefined;
    const { host, port, pathname, search } = new URL(notice_url);
    return { address: port === '' ? `${host}:443` : host, path: `${pathname}${search}`, serverName };
  }

  register(id: string): Register | undefined {
    return this.#registers.get(id);
  }

  evidenceType(id: string): EvidenceType | undefined {
    return this.#evidenceTypes.get(id);
  }

  legalBasis(id: string): LegalBasis | undefined {
    return this.#legalBases.get(id);
  }

  purpose(id: string): Purpose | undefined {
    return this.#purposes.get(id);
  }

  /** Which recipient gets which fields of this evidence type; most types have none. */
  recipientMatrix(evidenceType: string): RecipientMatrix | undefined {
    return this.#matrices.get(evidenceType);
  }

  service(id: string): OnlineService | undefined {
    return this.#services.get(id);
  }
}

function isCalled(endpoint: Endpoint): endpoint is CalledEndpoint {
  return endpoint.address !== undefined;
}
