import {
  ASSURANCES,
  type Assurance,
  type FieldMapping,
  REPRESENTATIONS,
  type Representation,
  type TriggerKind,
} from '../catalogue/catalogue.js';
import type { DescribeServiceResponse__Output } from '../platform/rpc-types/einmal/broker/v1/DescribeServiceResponse.js';
import type { ServiceField__Output } from '../platform/rpc-types/einmal/broker/v1/ServiceField.js';
import type { ServiceNeed__Output } from '../platform/rpc-types/einmal/broker/v1/ServiceNeed.js';

/** What an online service needs from registers, about whom, and what the person is to be asked. */
export type ServiceDescription = Readonly<{
  service: string;
  title: string;
  consumer: string;
  purpose: string;
  purpose_hash: string;
  min_assurance: Assurance;
  subjects: readonly Readonly<{
    role: string;
    title: string;
    represented_by: string | undefined;
    may_be_represented_by: string | undefined;
    /** By virtue of what. */
    representations: readonly Representation[];
    /** A company, given by its own key. */
    legal_person?: boolean;
  }>[];
  needs: readonly ServiceNeed[];
  /** How the form is filled from evidence. */
  mapping: readonly FormMapping[];
}>;

/** One way to fill one field; the first of a field comes first. */
export type FormMapping = Omit<FieldMapping, 'label'> & Readonly<{ label: Readonly<{ de: string }> }>;

export type ServiceNeed = Readonly<{
  evidence_type: string;
  subject_role: string;
  legal_basis: string;
  norm: string;
  trigger_kind: TriggerKind;
  fields: readonly string[];
  /** Text to show, by language tag. */
  decision_texts: Readonly<Record<string, string>>;
  decision_text_hashes: Readonly<Record<string, string>>;
  /** What the applicant may do instead. */
  manual: string;
  /** The same by language tag. */
  manual_texts: Readonly<Record<string, string>>;
  /** Whether the law grants a preview before use (EGovG § 5 Abs. 5). */
  preview_granted: boolean;
}>;

const TRIGGER_KINDS: readonly TriggerKind[] = ['CHOICE', 'CONSENT', 'EXPLICIT_REQUEST', 'STATUTORY_TASK'];

export function toServiceDescription(wire: DescribeServiceResponse__Output): ServiceDescription {
  const { service = '', title = '', consumer = '', purpose = '', purpose_hash = '' } = wire;
  const assurance = ASSURANCES.find((it) => it === wire.min_assurance);
  return {
    service,
    title,
    consumer,
    purpose,
    purpose_hash,
    min_assurance: assurance ?? 'high',
    subjects: (wire.subjects ?? []).map((subject) => ({
      role: subject.role ?? '',
      title: subject.title ?? '',
      represented_by: subject.represented_by || undefined,
      may_be_represented_by: subject.may_be_represented_by || undefined,
      representations: REPRESENTATIONS.filter((it) => subject.representations?.includes(it)),
      legal_person: subject.legal_person ?? false,
    })),
    needs: (wire.needs ?? []).map(toNeed),
    mapping: (wire.fields ?? []).map(toMapping),
  };
}

function toNeed(wire: ServiceNeed__Output): ServiceNeed {
  const { evidence_type = '', subject_role = '', legal_basis = '', norm = '', fields = [], manual = '' } = wire;
  const kind = TRIGGER_KINDS.find((it) => `TRIGGER_KIND_${it}` === wire.trigger_kind);
  if (kind === undefined) throw new Error(`unknown kind of trigger for ${evidence_type}`);
  return {
    evidence_type,
    subject_role,
    legal_basis,
    norm,
    trigger_kind: kind,
    fields,
    decision_texts: wire.decision_texts ?? {},
    decision_text_hashes: wire.decision_text_hashes ?? {},
    manual,
    manual_texts: wire.manual_texts ?? {},
    preview_granted: wire.preview_granted ?? false,
  };
}

function toMapping(wire: ServiceField__Output): FormMapping {
  const { fim_id = '', label = '', subject_role = '', evidence_type = '', attribute = '', match } = wire;
  return {
    fim_id,
    label: { de: label },
    subject_role,
    from: {
      evidence_type,
      attribute,
      ...(wire.source_role ? { subject_role: wire.source_role } : {}),
      ...(wire.path ? { path: wire.path } : {}),
      ...(wire.each ? { each: true } : {}),
      ...(match ? { match: { path: '', evidence_type: '', attribute: '', ...match } } : {}),
    },
  };
}
