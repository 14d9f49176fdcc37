import { basename, dirname } from 'node:path';
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import { readYamlFile } from '../catalogue/yaml-file.js';
import type { NameRules } from '../identity/name.js';
import { ConfigFault } from '../platform/config.js';
import { REGISTER_CONFIG_SCHEMA } from './register-config.schema.js';

/** Where one evidence type is read from: a view, one row per record, one column per attribute. */
export type EvidenceView = Readonly<{
  /** Schema and name. */
  view: string;
  /** Columns by which a natural person is found (EGovG § 5 Abs. 4: the number and the date of birth) and held back. */
  person?: Readonly<{ idnr: string; birth_date: string; blocked: string }>;
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
  /** Column of type timestamptz: from when on the record can be had; null, or absent: now. */
  available_at?: string;
  /** Attribute of the catalogue to column. */
  attributes: Readonly<Record<string, string>>;
}>;

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

/** How one register joins the federation: this file and its views, no code. */
export type RegisterConfig = Readonly<{
  /** Register of the catalogue. */
  register: string;
  /** Synthetic persons; `DescribeRegister` says so. */
  simulator: boolean;
  data_source: Readonly<{
    /** Environment variable with the URL of a role that may only read the views. */
    url_env: string;
    statement_timeout_ms?: number;
  }>;
  /** By evidence type; of a register. */
  evidence?: Readonly<Record<string, EvidenceView>>;
  /** Of the identity directory, which answers nothing else. */
  directory?: DirectoryViews;
}>;

const MAX_BYTES = 1024 * 1024;

const hasShape = new Ajv2020({ allErrors: true, strictRequired: false }).compile<RegisterConfig>(
  REGISTER_CONFIG_SCHEMA,
);

/** @throws ConfigFault with every fault of the file */
export function readRegisterConfig(path: string): RegisterConfig {
  const file = readYamlFile(dirname(path), basename(path), MAX_BYTES);
  const content: unknown = file.content;
  if (file.faults.length > 0) throw new ConfigFault(file.faults.map((it) => `${it.file}:${it.line}: ${it.message}`));
  if (hasShape(content)) return content;
  throw new ConfigFault((hasShape.errors ?? []).map((error) => `${file.name}: ${sentence(error)}`));
}

function sentence({ instancePath, keyword, message, params }: ErrorObject): string {
  const where = instancePath === '' ? 'the file' : instancePath;
  if (keyword === 'additionalProperties')
    return `${where} has an unknown member "${String(params.additionalProperty)}"`;
  return `${where} ${message ?? keyword}`;
}
