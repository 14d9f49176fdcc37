/** Parts of a question that rules name. */
export type QuestionMember = 'consumer' | 'provider' | 'evidence_type' | 'purpose' | 'legal_basis';

/**
 * One thing that an explanation of a permission says, as data: whoever shows it has the words. `values`: identifiers of the
 * catalogue by their kind; `member` names a part of the question, `value` what stands there; `attributes` are joined by `, `.
 */
export type Explained = Readonly<{ code: ExplainedCode; values: Readonly<Record<string, string>> }>;

/** English. In braces what is put in between; `others` are all parts of a question among the values. */
export const EXPLAINED = {
  NOT_LISTED: 'The {member} "{value}" is not in the catalogue.',
  ATTRIBUTE_UNKNOWN: 'Evidence of type "{evidence_type}" has no attribute "{attribute}".',
  NOT_HELD: 'Register "{provider}" does not hold "{evidence_type}".',
  RULE_DENIES: 'Rule "{rule}" denies it ({source}).',
  LIMIT_DENIES: 'Limit "{limit}" does not let it pass ({source}).',
  NOT_NAMED: 'No rule that matches allows {attributes}.',
  NO_RULE: 'No rule allows it.',
  ALLOWS_THE_LIKE: 'Rule "{rule}" allows the like for {others}.',
  NO_AGREEMENT: 'No agreement in force between "{consumer}" and "{provider}" names: {attributes}',
  REMOVE_ALLOW: 'remove the allow rule "{rule}" (it rests on {source})',
  REMOVE_DENY: 'remove the deny rule "{rule}" (it rests on {source})',
  ADD_FIELDS: 'let rule "{rule}" allow {attributes} as well (it rests on {source})',
  DROP_FIELDS: 'let rule "{rule}" no longer deny {attributes} (it rests on {source})',
  ADD_RULE:
    'add a rule that allows {consumer} to get {attributes} of {evidence_type} from {provider} for {purpose} on {legal_basis}',
  HOLD: 'name {evidence_type} as evidence that register {provider} holds',
  ASK_OTHERWISE: 'ask with the {member} {value}, if that is the true one: rule "{rule}" is about it',
} as const;

export type ExplainedCode = keyof typeof EXPLAINED;

export type ExplainedWords = Readonly<{
  sentences: Readonly<Record<ExplainedCode, string>>;
  members: Readonly<Record<QuestionMember, string>>;
  /** In the place of a list of attributes that is empty. */
  everything: string;
}>;

export const ENGLISH: ExplainedWords = {
  sentences: EXPLAINED,
  members: {
    consumer: 'consumer',
    provider: 'register',
    evidence_type: 'evidence type',
    purpose: 'purpose',
    legal_basis: 'legal basis',
  },
  everything: 'everything',
};

/** `shown`: how a value of this kind is called, an identifier as it is where nothing else is known. */
export function inWords(
  { sentences, members, everything }: ExplainedWords,
  { code, values }: Explained,
  shown: (kind: string, value: string) => string = (_kind, value) => value,
): string {
  const { member, value = '' } = values;
  const named = (kind: string, of: string) => (kind === 'attributes' && of === '' ? everything : shown(kind, of));
  const others = () =>
    Object.entries(values)
      .filter(([kind]) => isMember(kind))
      .map(([kind, of]) => `${members[kind as QuestionMember]} ${shown(kind, of)}`)
      .join(', ');
  return sentences[code].replace(/\{(\w+)\}/g, (_all, kind: string) => {
    if (kind === 'others') return others();
    if (kind === 'member') return members[member as QuestionMember];
    return kind === 'value' ? named(member ?? kind, value) : named(kind, values[kind] ?? '');
  });
}

/** Undefined where a node says what this version does not know. */
export function toExplained(code: string, values: Readonly<Record<string, string>>): Explained | undefined {
  if (!Object.hasOwn(EXPLAINED, code) || ('member' in values && !isMember(values.member ?? ''))) return undefined;
  return { code: code as ExplainedCode, values };
}

function isMember(kind: string): kind is QuestionMember {
  return Object.hasOwn(ENGLISH.members, kind);
}
