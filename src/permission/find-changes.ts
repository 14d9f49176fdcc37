import type { Register, Rule } from '../catalogue/catalogue.js';
import { CatalogueLookup } from '../catalogue/lookup.js';
import { decideTransfer } from './decide-transfer.js';
import type { NearRule } from './nearest-rules.js';
import { type Edit, editQuestion, editRules, type PolicyChange } from './policy-change.js';
import { RuleIndex } from './rule-index.js';
import type { TransferQuestion } from './transfer-question.js';

/** What a decision was made of, as far as a change of it is concerned. */
export type Grounds = Readonly<{
  rules: RuleIndex;
  question: TransferQuestion;
  asked: readonly string[];
  matching: readonly Rule[];
  nearest: readonly NearRule[];
}>;

/** How many of the asked attributes pass once these edits are made: the decision is made again. */
export function passingAfter({ rules, question, asked, matching }: Grounds, edits: readonly Edit[]): number {
  const held = edits.flatMap((edit) => (edit.kind === 'hold' ? [edit] : []));
  const lookup = held.length === 0 ? rules.lookup : holding(rules.lookup, held);
  const changed = editQuestion(question, edits);
  // Rules that do not match this question have no part in its decision.
  const index = changed === question ? new RuleIndex(lookup, editRules(matching, edits)) : rules;
  const decision = decideTransfer(index, changed, asked);
  return decision.kind === 'allowed' ? decision.fields.length : 0;
}

/** The smallest changes after which everything that is asked may pass. */
export function changesThatPermit(grounds: Grounds): readonly PolicyChange[] {
  const permits = (edits: readonly Edit[]) => passingAfter(grounds, edits) === grounds.asked.length;
  return [
    ...ruleChanges(grounds).filter(({ edits }) => permits(edits)),
    ...questionChanges(grounds, permits).map((edits): PolicyChange => ({ who: 'consumer', edits })),
  ];
}

/** The smallest change after which nothing that is asked may pass: the allows that it rests on. */
export function changesThatRefuse(grounds: Grounds): readonly PolicyChange[] {
  const edits = grounds.matching
    .filter(({ effect, fields }) => effect === 'allow' && fields.some((it) => grounds.asked.includes(it)))
    .map((rule): Edit => ({ kind: 'remove-rule', rule }));
  return [{ who: 'catalogue' as const, edits }].filter((change) => passingAfter(grounds, change.edits) === 0);
}

function ruleChanges(grounds: Grounds): readonly PolicyChange[] {
  const { rules, question, asked, matching } = grounds;
  const register = rules.lookup.register(question.provider);
  const type = rules.lookup.evidenceType(question.evidence_type);
  if (register === undefined || type === undefined || register.type !== type.register_type) return [];
  const isHeld = register.evidence_types.includes(type.id);
  const hold: readonly Edit[] = isHeld ? [] : [{ kind: 'hold', register, evidenceType: type.id }];
  const undenied = matching.flatMap((rule) => withoutDenial(rule, asked));
  const named = new Set(matching.flatMap(({ effect, fields }) => (effect === 'allow' ? fields : [])));
  const unnamed = asked.filter((it) => !named.has(it));
  const ways = unnamed.length === 0 ? [[]] : allowing(grounds, unnamed).map((edit) => [edit]);
  return ways.map((way) => ({
    who: isHeld ? ('catalogue' as const) : ('register' as const),
    edits: [...hold, ...undenied, ...way],
  }));
}

function withoutDenial(rule: Rule, asked: readonly string[]): readonly Edit[] {
  if (rule.effect === 'allow') return [];
  if (rule.fields.length === 0) return [{ kind: 'remove-rule', rule }];
  const fields = rule.fields.filter((it) => asked.includes(it));
  if (fields.length === 0) return [];
  // A deny without fields denies everything: what has lost its last one is removed instead.
  return [fields.length === rule.fields.length ? { kind: 'remove-rule', rule } : { kind: 'drop-fields', rule, fields }];
}

/** One edit each: a rule that matches gets the fields, or where none does a rule is added. */
function allowing({ question, matching, nearest }: Grounds, fields: readonly string[]): readonly Edit[] {
  const allows = matching.filter(({ effect }) => effect === 'allow');
  if (allows.length > 0) return allows.map((rule) => ({ kind: 'add-fields', rule, fields }));
  const like = nearest[0]?.rule;
  return [
    {
      kind: 'add-rule',
      rule: {
        ...question,
        id: 'new',
        effect: 'allow',
        fields,
        attested_by: like?.attested_by ?? ['online-service', 'pages'],
        min_assurance: like?.min_assurance ?? 'high',
        source: 'to be named',
        verified: false,
      },
    },
  ];
}

/** The consumer itself can do no more than ask otherwise: for another purpose, on another basis, at another register. */
function questionChanges(
  { rules, question, nearest }: Grounds,
  permits: (edits: readonly Edit[]) => boolean,
): readonly (readonly Edit[])[] {
  const ways = nearest
    .filter(({ differs }) => !differs.includes('consumer'))
    .flatMap((near) => questionsLike(rules.lookup, near))
    .flatMap((edits) => smallestPart(edits, permits) ?? []);
  const saying = (edits: readonly Edit[]) => JSON.stringify(editQuestion(question, edits));
  return [...new Map(ways.map((edits) => [saying(edits), edits])).values()];
}

function questionsLike(lookup: CatalogueLookup, { rule, differs }: NearRule): readonly (readonly Edit[])[] {
  const registers = differs.includes('provider') ? registersOf(lookup, rule).map(({ id }) => id) : [rule.provider];
  return registers.map((register) =>
    differs.map((member): Edit => {
      const value = member === 'provider' ? register : rule[member];
      return { kind: 'ask', member, value, rule: rule.id };
    }),
  );
}

/** A rule may be about more than differs: another one may allow it with less. In a list, for `flatMap`. */
function smallestPart(
  edits: readonly Edit[],
  permits: (edits: readonly Edit[]) => boolean,
): readonly (readonly Edit[])[] | undefined {
  const parts = Array.from({ length: 2 ** edits.length }, (_, mask) => edits.filter((_edit, n) => (mask >> n) & 1));
  const found = parts.sort((a, b) => a.length - b.length).find((part) => part.length > 0 && permits(part));
  return found && [found];
}

function registersOf({ catalogue }: CatalogueLookup, { provider, evidence_type }: Rule): readonly Register[] {
  return catalogue.registers.filter(
    (it) => it.evidence_types.includes(evidence_type) && [it.id, `type:${it.type}`].includes(provider),
  );
}

function holding({ catalogue }: CatalogueLookup, held: readonly Extract<Edit, { kind: 'hold' }>[]): CatalogueLookup {
  return new CatalogueLookup({
    ...catalogue,
    registers: catalogue.registers.map((register) => ({
      ...register,
      evidence_types: [
        ...register.evidence_types,
        ...held.flatMap((it) => (it.register.id === register.id ? it.evidenceType : [])),
      ],
    })),
  });
}
