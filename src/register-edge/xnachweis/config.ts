import type { CodeLists } from '../found-record.js';
import type { NamedConnection } from '../named-connection.js';

/** `AgentType`: who asks or provides. */
export type Agent = Readonly<{
  id: string;
  /** `urn:cef.eu:names:identifier:EAS:…` */
  scheme: string;
  name: string;
  /** Of the code list agentclassification: `ER`, `EP`. */
  classification: string;
}>;

/** Author or reader in the head of a message. */
export type Authority = Readonly<{ directory: string; id: string; name: string }>;

/** A data service that answers XNachweis. */
export type XNachweisSource = NamedConnection &
  Readonly<{
    kind: 'xnachweis';
    /** Where messages are posted; the same for everybody. */
    path: string;
    requester: Agent;
    provider: Agent;
    author: Authority;
    reader: Authority;
    /** Of ISO 639-1. */
    language: string;
    /** Of the code list loa: how sure it is that the request is about this person. */
    assurance: string;
    unverified: Unverified;
  }>;

/** What the published schema refers to and could not be read; to be agreed with the data service. */
export type Unverified = Readonly<{
  /** Namespace of what stands in author and reader. */
  authority_namespace: string;
  /** Versions of the code lists. */
  list_versions: Readonly<Record<'language' | 'agent_classification' | 'loa' | 'media_type' | 'directory', string>>;
  /** Codes of nootserrorcodes that say something of the person; every other one is an outage. */
  error_codes: Readonly<Partial<Record<'none' | 'several' | 'blocked', readonly string[]>>>;
}>;

/** One evidence type of the data service, delivered as JSON. */
export type XNachweisEvidence = Readonly<{
  /** UUID that the data service gave it. */
  identifier: string;
  /** URI below https://sr.oots.tech.ec.europa.eu/evidencetypeclassifications/ec/ */
  classification: string;
  title: string;
  conforms_to?: string;
  /** Subsets that the data service knows; the smallest that has all fields is asked for. */
  subsets?: readonly Readonly<{ transformation: string; attributes: readonly string[] }>[];
  /** Absent: the day of issue. */
  as_of?: string;
  /** Attribute of the catalogue to where its value stands in the JSON (RFC 6901). */
  attributes: Readonly<Record<string, string>>;
  code_lists?: CodeLists;
}>;
