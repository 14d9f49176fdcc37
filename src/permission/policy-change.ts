import type { Register, Rule } from '../catalogue/catalogue.js';
import { ENGLISH, type Explained, inWords } from '../platform/explained.js';
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

export function explainedEdit(edit: Edit): Explained {
  switch (edit.kind) {
    case 'remove-rule': {
      const code = edit.rule.effect === 'allow' ? 'REMOVE_ALLOW' : 'REMOVE_DENY';
      return { code, values: { rule: edit.rule.id, source: edit.rule.source } };
    }
    case 'add-fields':
    case 'drop-fields': {
      const code = edit.kind === 'add-fields' ? 'ADD_FIELDS' : 'DROP_FIELDS';
      return { code, values: { rule: edit.rule.id, source: edit.rule.source, attributes: edit.fields.join(', ') } };
    }
    case 'add-rule': {
      const { consumer, provider, evidence_type, purpose, legal_basis, fields } = edit.rule;
      const question = { consumer, provider, evidence_type, purpose, legal_basis };
      return { code: 'ADD_RULE', values: { ...question, attributes: fields.join(', ') } };
    }
    case 'hold':
      return { code: 'HOLD', values: { provider: edit.register.id, evidence_type: edit.evidenceType } };
    case 'ask':
      return { code: 'ASK_OTHERWISE', values: { member: edit.member, value: edit.value, rule: edit.rule } };
  }
}

export function sentenceOf(edit: Edit): string {
  return inWords(ENGLISH, explainedEdit(edit));
}
