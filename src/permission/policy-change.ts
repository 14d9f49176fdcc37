import type { Register, Rule } from '../catalogue/catalogue.js';
import type { TransferQuestion } from './transfer-question.js';

/** One edit: to the rules, to the entry of a register, or to the question itself. */
export type Edit =
  | Readonly<{ kind: 'remove-rule'; rule: Rule }>
  /** An allow gets fields more, or a deny keeps back fewer. */
  | Readonly<{ kind: 'add-fields' | 'drop-fields'; rule: Rule; fields: readonly string[] }>
  | Readonly<{ kind: 'add-rule'; rule: Rule }>
  | Readonly<{ kind: 'hold'; register: Register; evidenceType: string }>
  | Readonly<{ kind: 'ask'; member: keyof TransferQuestion; value: string; rule: string }>;

/** Edits that together turn a decision; none of them can be left out. */
export type PolicyChange = Readonly<{
  /** Two persons who keep the catalogue, the consumer that asks otherwise, or the register that has an entry changed. */
  who: 'catalogue' | 'consumer' | 'register';
  edits: readonly Edit[];
}>;

export function editRules(rules: readonly Rule[], edits: readonly Edit[]): readonly Rule[] {
  return edits.reduce(editRule, rules);
}

function editRule(rules: readonly Rule[], edit: Edit): readonly Rule[] {
  switch (edit.kind) {
    case 'remove-rule':
      return rules.filter(({ id }) => id !== edit.rule.id);
    case 'add-fields':
      return rules.map((it) => (it.id === edit.rule.id ? { ...it, fields: [...it.fields, ...edit.fields] } : it));
    case 'drop-fields':
      return rules.map((it) =>
        it.id === edit.rule.id ? { ...it, fields: it.fields.filter((field) => !edit.fields.includes(field)) } : it,
      );
    case 'add-rule':
      return [...rules, edit.rule];
    case 'hold':
    case 'ask':
      return rules;
  }
}

export function editQuestion(question: TransferQuestion, edits: readonly Edit[]): TransferQuestion {
  const asked = edits.flatMap((edit) => (edit.kind === 'ask' ? [[edit.member, edit.value] as const] : []));
  return asked.length === 0 ? question : { ...question, ...Object.fromEntries(asked) };
}

/** Rules that an edit is about. */
export function rulesOf(edit: Edit): readonly string[] {
  if (edit.kind === 'hold') return [];
  return [edit.kind === 'ask' ? edit.rule : edit.rule.id];
}

const MEMBERS: Readonly<Record<keyof TransferQuestion, string>> = {
  consumer: 'consumer',
  provider: 'register',
  evidence_type: 'evidence type',
  purpose: 'purpose',
  legal_basis: 'legal basis',
};

export function sentenceOf(edit: Edit): string {
  switch (edit.kind) {
    case 'remove-rule':
      return `remove the ${edit.rule.effect} rule "${edit.rule.id}" (it rests on ${edit.rule.source})`;
    case 'add-fields':
      return `let rule "${edit.rule.id}" allow ${list(edit.fields)} as well (it rests on ${edit.rule.source})`;
    case 'drop-fields':
      return `let rule "${edit.rule.id}" no longer deny ${list(edit.fields)} (it rests on ${edit.rule.source})`;
    case 'add-rule': {
      const { consumer, provider, evidence_type, purpose, legal_basis, fields } = edit.rule;
      return `add a rule that allows ${consumer} to get ${list(fields)} of ${evidence_type} from ${provider} for ${purpose} on ${legal_basis}`;
    }
    case 'hold':
      return `name ${edit.evidenceType} as evidence that register ${edit.register.id} holds`;
    case 'ask':
      return `ask with the ${MEMBERS[edit.member]} ${edit.value}, if that is the true one: rule "${edit.rule}" is about it`;
  }
}

function list(fields: readonly string[]): string {
  return fields.length === 0 ? 'everything' : fields.join(', ');
}
