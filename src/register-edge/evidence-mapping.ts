import type { Attribute, EvidenceType } from '../catalogue/catalogue.js';

/** How an evidence type is read. The examiner lets no other through than those of the agreement. */
export function mappingOf<Mapping>(evidence: Readonly<Record<string, Mapping>>, evidenceType: string): Mapping {
  const mapping = Object.hasOwn(evidence, evidenceType) ? evidence[evidenceType] : undefined;
  if (mapping === undefined) throw new Error('an evidence type without mapping was permitted');
  return mapping;
}

/** Where an attribute is read; of these, too, no other is let through. */
export function columnOf(
  { attributes }: Readonly<{ attributes: Readonly<Record<string, string>> }>,
  id: string,
): string {
  const column = Object.hasOwn(attributes, id) ? attributes[id] : undefined;
  if (column === undefined) throw new Error('an attribute without column was permitted');
  return column;
}

/** Asked at each request: a version of the catalogue that came into force promises other types. */
export type TypesInForce = () => readonly EvidenceType[];

/** What the catalogue promises of an evidence type; of one that it does not know, nothing. */
export function attributesOf(types: readonly EvidenceType[], evidenceType: string): readonly Attribute[] {
  return types.find(({ id }) => id === evidenceType)?.attributes ?? [];
}
