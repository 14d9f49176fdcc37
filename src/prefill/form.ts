import type { OnlineService } from '../catalogue/catalogue.js';
import type { AttributeValue } from '../tokens/evidence-credential.js';

/** One piece of evidence, verified and cut down to what may be released. */
export type ReleasableEvidence = Readonly<{
  evidenceId: string;
  evidenceType: string;
  subjectRole: string;
  register: string;
  /** ISO 8601, UTC. */
  asOf: string;
  assurance: string;
  /** Milliseconds since the epoch; absent where no rule limits the use. */
  useUntil?: number;
  /** Compact SD-JWT VC as it will be released. */
  compact: string;
  withheld: readonly Readonly<{ attribute: string; norm: string }>[];
  attributes: Readonly<Record<string, AttributeValue>>;
}>;

/** As much of it as a form is filled from. */
type MappedEvidence = Pick<
  ReleasableEvidence,
  'evidenceId' | 'evidenceType' | 'subjectRole' | 'register' | 'asOf' | 'assurance' | 'attributes'
>;

export type FieldSource = Readonly<{
  register: string;
  evidence_id: string;
  attribute: string;
  as_of: string;
  assurance: string;
}>;

export type FormField = Readonly<{
  fim_id: string;
  label: string;
  subject_role: string;
  value: string;
  source: FieldSource;
  /** What other registers hold for the same field; the applicant decides, nothing is merged silently. */
  alternatives: readonly Readonly<{ value: string; source: FieldSource }>[];
}>;

type Mapping = Omit<OnlineService['mapping'][number], 'label'> & Readonly<{ label: Readonly<{ de: string }> }>;

/** Maps evidence to the fields of a form, in the order of the mapping; the first mapping of a field comes first. */
export function prefill(
  service: Readonly<{ mapping: readonly Mapping[] }>,
  evidence: readonly MappedEvidence[],
): readonly FormField[] {
  const fields = new Map<string, FormField>();
  for (const mapping of service.mapping) {
    const found = lookUp(mapping, evidence);
    if (found === undefined) continue;
    const key = `${mapping.subject_role} ${mapping.fim_id}`;
    const field = fields.get(key);
    if (field === undefined) {
      const { fim_id, subject_role, label } = mapping;
      fields.set(key, { fim_id, label: label.de, subject_role, ...found, alternatives: [] });
    } else if (disagrees(field, found)) {
      fields.set(key, { ...field, alternatives: [...field.alternatives, found] });
    }
  }
  return [...fields.values()];
}

type Found = Readonly<{ value: string; source: FieldSource }>;

function disagrees(field: FormField, found: Found): boolean {
  return found.value !== field.value && field.alternatives.every(({ value }) => value !== found.value);
}

function lookUp({ subject_role, from }: Mapping, evidence: readonly MappedEvidence[]): Found | undefined {
  const role = from.subject_role ?? subject_role;
  const source = evidence.find((it) => it.evidenceType === from.evidence_type && it.subjectRole === role);
  if (source === undefined) return undefined;
  const whole = source.attributes[from.attribute];
  const picked = from.match === undefined ? whole : pick(whole, from.match, subject_role, evidence);
  const value = asText(from.each === true ? members(picked, from.path) : valueAt(picked, from.path));
  if (value === undefined) return undefined;
  const { register, evidenceId, asOf, assurance } = source;
  return { value, source: { register, evidence_id: evidenceId, attribute: from.attribute, as_of: asOf, assurance } };
}

/** The same member of every element, in the order of the register; an element without it is passed over. */
function members(list: unknown, path: string | undefined): unknown {
  return Array.isArray(list) ? list.flatMap((element) => asText(valueAt(element, path)) ?? []) : undefined;
}

function valueAt(value: unknown, path: string | undefined): unknown {
  return path === undefined ? value : member(value, path);
}

/** The only element of a list that matches the field's own subject; none or several give no value, never a guess. */
function pick(
  list: unknown,
  match: NonNullable<Mapping['from']['match']>,
  role: string,
  evidence: readonly MappedEvidence[],
): unknown {
  const own = evidence.find((it) => it.evidenceType === match.evidence_type && it.subjectRole === role);
  const wanted = own?.attributes[match.attribute];
  if (typeof wanted !== 'string' || !Array.isArray(list)) return undefined;
  const matching = list.filter((element) => member(element, match.path) === wanted);
  return matching.length === 1 ? matching[0] : undefined;
}

const DATE_PARTS: Readonly<Record<string, number>> = { year: 0, month: 1, day: 2 };

function member(value: unknown, path: string): unknown {
  const part = DATE_PARTS[path];
  // A birth date may be known in part only: `1971`, `1974-07`.
  if (typeof value === 'string' && part !== undefined) return value.split('-')[part];
  return typeof value === 'object' && value !== null && Object.hasOwn(value, path)
    ? (value as Record<string, unknown>)[path]
    : undefined;
}

function asText(value: unknown): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'string'))
    return value.join(', ');
  return undefined;
}
