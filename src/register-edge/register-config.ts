import { basename, dirname } from 'node:path';
import type { ErrorObject } from 'ajv/dist/2020.js';
import type { Rate } from '../catalogue/catalogue.js';
import { readYamlFile } from '../catalogue/yaml-file.js';
import type { NameRules } from '../identity/name.js';
import { ConfigFault } from '../platform/config.js';
import type { CodeLists } from './found-record.js';
import type { NamedConnection } from './named-connection.js';
import { CONFIG_KINDS, shapeOf } from './register-config-shape.js';
import type { XNachweisEvidence, XNachweisSource } from './xnachweis/config.js';
import type { XRoadService, XRoadSource } from './xroad/config.js';

/** Where one evidence type is read from: a view, one row per record, one column per attribute. */
export type EvidenceView = Readonly<{
  /** Schema and name. */
  view: string;
  /**
   * Columns by which a natural person is found (EGovG § 5 Abs. 4: the number and the date of birth) and held back; where
   * the record has neither, the register's own key of the person, which `persons` of the file leads to.
   */
  person?:
    | Readonly<{ idnr: string; birth_date: string; blocked: string }>
    | Readonly<{ local_key: string; blocked: string }>;
  /** Instead: columns by which a legal person is found and held back. */
  company?: Readonly<{
    kind: string;
    court: string;
    number: string;
    /** Absent where the register does not know federal business numbers. */
    business_number?: string;
    /** jsonb: who may decide for it, a list of objects with `family_name_key` (as `normaliseName` makes it) and `birth_date`. */
    representatives: string;
    blocked: string;
  }>;
  /** Column of type timestamptz: the moment for which the register vouches. */
  as_of: string;
  /** Columns with the first and the last day of a record, in Germany; null where it has none. Outside of them it is no record. */
  valid_from?: string;
  valid_until?: string;
  /** Column with the moment from which on the record can be had, of the type of `as_of`; null, or absent: now. */
  available_at?: string;
  /** Attribute of the catalogue to column. */
  attributes: Readonly<Record<string, string>>;
  /** Attribute to: value of the register to value of the evidence. A value in no list is a fault. */
  code_lists?: CodeLists;
}>;

/** Where a register that finds its records by a key of its own says whose key it is. */
export type LocalKeys = Readonly<{ view: string; idnr: string; birth_date: string; local_key: string }>;

/** By evidence type. */
export type EvidenceTables = Readonly<{ evidence?: Readonly<Record<string, EvidenceView>>; persons?: LocalKeys }>;

/** Views of the identity directory. */
export type DirectoryViews = Readonly<{
  evidence_type: string;
  /** How differently a name may be spelled and still be the same; absent: not at all. */
  names?: NameRules;
  person: Readonly<{
    view: string;
    columns: Readonly<{
      idnr: string;
      /** The surviving number of a person who had two. */
      superseded_by: string;
      /** As the register writes it. */
      family_name: string;
      /** What `familyNameKey` makes of it: by this, candidates are found. */
      family_name_key: string;
      given_names: string;
      birth_date: string;
      postcode: string;
      town: string;
      blocked: string;
    }>;
  }>;
  /** Who decides for whom. */
  representative: Readonly<{
    view: string;
    columns: Readonly<{
      child: string;
      representative: string;
      /** `custody`, `guardianship`, `care` or `power-of-attorney`. */
      by: string;
      /** Of type date: last day; null where it has no end. */
      until: string;
    }>;
  }>;
}>;

type Timed = Readonly<{
  /** Environment variable with the URL of a role that may only read the views; of SQLite with the file. */
  url_env: string;
  statement_timeout_ms?: number;
}>;

/** A database with a view for each evidence type; PostgreSQL where the file does not say. */
export type SqlSource = Timed & Readonly<{ kind?: 'postgres' | 'sqlite' | 'mysql' }>;

/** Files of a folder instead of views: `<name>.csv` or `<name>.ndjson`. */
type FilesSource = Readonly<{
  kind: 'files';
  /** Environment variable with the folder. */
  url_env: string;
  /** Of CSV; a comma if absent. */
  delimiter?: ',' | ';' | '\t';
}>;

/** Of each consumer by itself, counted over all replicas. */
export type RateLimits = Readonly<{
  each_consumer?: Rate;
  /** Instead, for these. */
  consumers?: Readonly<Record<string, Rate>>;
}>;

type Joining = Readonly<{
  /** Register of the catalogue. */
  register: string;
  /** Synthetic persons; `DescribeRegister` says so. */
  simulator: boolean;
  /** How often this register lets itself be asked, whatever rules and agreements say; absent: as often as they say. */
  rate_limits?: RateLimits;
}>;

/** Evidence from tables: each kind reads the same mapping. */
export type TableConfig = Joining & EvidenceTables & Readonly<{ data_source: SqlSource | FilesSource }>;

/** Of the identity directory, which answers nothing else; on PostgreSQL alone. */
export type DirectoryConfig = Joining &
  Readonly<{ data_source: SqlSource; evidence?: never; directory: DirectoryViews }>;

/** Where one evidence type is asked for: an operation of an interface that is described with OpenAPI; all others are JSON Pointers. */
export type RestEvidence = Readonly<{
  /** Of the operation, which is a POST; nothing of a person is in it. */
  path: string;
  /** In the document that is sent: the two keys, and where it takes one, the list of pointers that are asked for. */
  request: Readonly<{ idnr: string; birth_date: string; fields?: string }>;
  /** In the answer: the list of records; the others are in one of those. */
  records: string;
  /** Both keys are compared with those that were asked for. */
  person: Readonly<{ idnr: string; birth_date: string; blocked: string }>;
  as_of: string;
  valid_from?: string;
  valid_until?: string;
  available_at?: string;
  attributes: Readonly<Record<string, string>>;
  /** Attributes whose member is left out where the register has no value; else that is a fault. */
  may_be_left_out?: readonly string[];
  code_lists?: CodeLists;
}>;

/** Evidence from an interface of the register. */
export type RestConfig = Joining &
  Readonly<{
    data_source: Readonly<{
      kind: 'rest';
      /** Environment variable with the `https:` URL that the paths begin with. */
      url_env: string;
      /** Environment variable with a bearer token. */
      token_env?: string;
      /** Environment variable with a PEM file of the authorities to trust, and no other. */
      authorities_env?: string;
      timeout_ms?: number;
      /** OpenAPI 3 beside this file: `einmal register check` compares with it. */
      described_by?: string;
    }>;
    evidence: Readonly<Record<string, RestEvidence>>;
  }>;

/** Evidence that another system is asked for in a tongue of its own. */
export type XRoadConfig = Joining &
  Readonly<{ data_source: XRoadSource; evidence: Readonly<Record<string, XRoadService>> }>;
export type XNachweisConfig = Joining &
  Readonly<{ data_source: XNachweisSource; evidence: Readonly<Record<string, XNachweisEvidence>> }>;

/** What one evidence type consists of in a system of the register that serves `einmal.source.v1.RecordService`. */
export type GrpcEvidence = Readonly<{
  /** Attribute of the catalogue to column of the system. */
  attributes: Readonly<Record<string, string>>;
  code_lists?: CodeLists;
}>;

/** Evidence that a system of the register is asked for over gRPC. */
export type GrpcConfig = Joining &
  Readonly<{
    data_source: NamedConnection & Readonly<{ kind: 'grpc' }>;
    evidence: Readonly<Record<string, GrpcEvidence>>;
  }>;

/** How one register joins the federation: this file and its views, no code. */
export type RegisterConfig = TableConfig | DirectoryConfig | RestConfig | GrpcConfig | XRoadConfig | XNachweisConfig;

export function isDirectory(config: RegisterConfig): config is DirectoryConfig {
  return 'directory' in config;
}

export function isTables(config: RegisterConfig): config is TableConfig {
  return !isDirectory(config) && !isRest(config) && !isGrpc(config) && !isXRoad(config) && !isXNachweis(config);
}

export function isRest(config: RegisterConfig): config is RestConfig {
  return config.data_source.kind === 'rest';
}

export function isGrpc(config: RegisterConfig): config is GrpcConfig {
  return config.data_source.kind === 'grpc';
}

export function isXRoad(config: RegisterConfig): config is XRoadConfig {
  return config.data_source.kind === 'xroad';
}

export function isXNachweis(config: RegisterConfig): config is XNachweisConfig {
  return config.data_source.kind === 'xnachweis';
}

const MAX_BYTES = 1024 * 1024;

/** @throws ConfigFault with every fault of the file */
export function readRegisterConfig(path: string): RegisterConfig {
  const file = readYamlFile(dirname(path), basename(path), MAX_BYTES);
  const content: unknown = file.content;
  if (file.faults.length > 0) throw new ConfigFault(file.faults.map((it) => `${it.file}:${it.line}: ${it.message}`));
  const kind = kindOf(content);
  if (!CONFIG_KINDS.includes(kind))
    throw new ConfigFault([`${file.name}: /data_source/kind must be one of ${CONFIG_KINDS.join(', ')}`]);
  const hasShape = shapeOf<RegisterConfig>(kind);
  if (!hasShape(content))
    throw new ConfigFault((hasShape.errors ?? []).map((error) => `${file.name}: ${sentence(error)}`));
  const faults = isTables(content) ? mappingFaults(content) : codeFaults(content.evidence ?? {});
  if (faults.length > 0) throw new ConfigFault(faults.map((it) => `${file.name}: ${it}`));
  return content;
}

/** PostgreSQL where the file does not say. */
function kindOf(content: unknown): string {
  if (!isObject(content) || !isObject(content.data_source) || !('kind' in content.data_source)) return 'postgres';
  return String(content.data_source.kind);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What no schema says. */
function mappingFaults({ evidence = {}, persons }: EvidenceTables): readonly string[] {
  const keyless = Object.entries(evidence).filter(
    ([, { person }]) => person !== undefined && 'local_key' in person && persons === undefined,
  );
  return [
    ...keyless.map(([id]) => `/evidence/${id}/person has a local_key, and the file no persons`),
    ...codeFaults(evidence),
  ];
}

type Coded = Readonly<{ attributes: EvidenceView['attributes']; code_lists?: CodeLists | undefined }>;

function codeFaults(evidence: Readonly<Record<string, Coded>>): string[] {
  return Object.entries(evidence).flatMap(([id, { attributes, code_lists = {} }]) =>
    Object.keys(code_lists)
      .filter((it) => !Object.hasOwn(attributes, it))
      .map((it) => `/evidence/${id}/code_lists/${it} is of no attribute`),
  );
}

function sentence({ instancePath, keyword, message, params }: ErrorObject): string {
  const where = instancePath === '' ? 'the file' : instancePath;
  if (keyword === 'additionalProperties')
    return `${where} has an unknown member "${String(params.additionalProperty)}"`;
  return `${where} ${message ?? keyword}`;
}
