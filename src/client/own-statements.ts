import type { AnsweredField, PrefillAnswer } from '../verify/answer.js';

/**
 * What the person states themself about the data that a field was filled from: of the whole attribute, as they wrote it. No register
 * vouches for it, and it is filled in nowhere: who works on the application decides (EGovG § 5 Abs. 5).
 */
export function ownStatementsOn(
  { own_statements }: Pick<PrefillAnswer, 'own_statements'>,
  { source, alternatives }: Pick<AnsweredField, 'source' | 'alternatives'>,
): readonly string[] {
  const sources = [source, ...alternatives.map((other) => other.source)];
  const isAbout = ({ evidence_id, attribute }: Readonly<{ evidence_id: string; attribute: string }>) =>
    sources.some((it) => it.evidence_id === evidence_id && it.attribute === attribute);
  return own_statements?.statements.filter(isAbout).map(({ value }) => value) ?? [];
}
