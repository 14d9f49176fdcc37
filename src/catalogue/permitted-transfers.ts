import type { Register, Rule } from './catalogue.js';
import { fieldLimits, isWithin } from './field-limits.js';
import type { CatalogueLookup } from './lookup.js';
import { isFrom } from './rule-provider.js';

/** What one allow lets through at most, after denies and limits. Decisions, agreements and forms bound each single transfer further. */
export type PermittedTransfer = Readonly<{
  rule: Rule;
  /** From which registers; one at least. */
  registers: readonly Register[];
  /** Attribute ids, of one of the registers or another; one at least. */
  fields: readonly string[];
}>;

/** Everything that the rules of the catalogue permit (IDNrG § 7 Abs. 2): what is not here is refused. Each allow once. */
export function permittedTransfers(lookup: CatalogueLookup): readonly PermittedTransfer[] {
  const { rules, registers } = lookup.catalogue;
  const denies = rules.filter(({ effect }) => effect === 'deny');
  return rules
    .filter(({ effect }) => effect === 'allow')
    .flatMap((rule) => {
      const limits = fieldLimits(lookup, rule);
      const open = registers.flatMap((register) => {
        if (!isFrom(rule, register) || !register.evidence_types.includes(rule.evidence_type)) return [];
        const against = denies.filter((deny) => isAbout(deny, rule) && isFrom(deny, register));
        if (against.some(({ fields }) => fields.length === 0)) return [];
        const denied = new Set(against.flatMap(({ fields }) => fields));
        const fields = rule.fields.filter((it) => !denied.has(it) && isWithin(limits, it));
        return fields.length === 0 ? [] : [{ register, fields }];
      });
      if (open.length === 0) return [];
      const fields = new Set(open.flatMap((it) => it.fields));
      return [{ rule, registers: open.map(({ register }) => register), fields: [...fields] }];
    });
}

const ASKED = ['consumer', 'evidence_type', 'purpose', 'legal_basis'] as const;

function isAbout(deny: Rule, allow: Rule): boolean {
  return ASKED.every((member) => deny[member] === 'any' || deny[member] === allow[member]);
}
