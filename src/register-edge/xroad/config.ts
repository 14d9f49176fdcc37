import type { CodeLists } from '../found-record.js';
import type { NamedConnection } from '../named-connection.js';
import type { KeyPart } from '../subject-parts.js';

/** The security server of the register's own organisation, and who it asks as. */
export type XRoadSource = NamedConnection &
  Readonly<{
    kind: 'xroad';
    /** `instance/class/member[/subsystem]`. */
    client: string;
    /** Constant; never a person. */
    user_id?: string;
    request_hash?: 'recomputed' | 'present';
  }>;

/** One service, which answers with a list of records in JSON. */
export type XRoadService = Readonly<{
  /** `instance/class/member/subsystem/service`. */
  service: string;
  /** Below the service; the same for everybody. */
  path?: string;
  /** Where in the body of the request each part of the key stands, and, if the service takes it, which fields are asked. */
  request: Readonly<Partial<Record<KeyPart | 'fields', string>>>;
  /** Where in the answer the list of records is. */
  records: string;
  /** Where in a record the key is repeated and whether it is blocked. */
  person?: Readonly<{ idnr: string; birth_date: string; blocked: string }>;
  company?: Readonly<{
    kind: string;
    court: string;
    number: string;
    business_number?: string;
    representatives: string;
    blocked: string;
  }>;
  /** RFC 3339 with time zone: the moment for which the register vouches. */
  as_of: string;
  /** First and last day of a record, in Germany; null where it has none. Outside of them it is no record. */
  valid_from?: string;
  valid_until?: string;
  /** From when on the record can be had, as `as_of`; null: now. */
  available_at?: string;
  /** Attribute of the catalogue to where its value stands (RFC 6901). */
  attributes: Readonly<Record<string, string>>;
  code_lists?: CodeLists;
}>;
