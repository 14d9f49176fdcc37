import type { Catalogue, EvidenceType, Register } from './catalogue.js';

export type Route =
  | Readonly<{ kind: 'one'; register: Register }>
  /** No register connected here is competent: the person may bring the evidence. */
  | Readonly<{ kind: 'none' }>
  | Readonly<{ kind: 'several'; registers: readonly string[] }>
  /** The evidence type is routed by parameters that are missing or malformed. */
  | Readonly<{ kind: 'needs'; parameters: readonly 'ars'[] }>;

/** Official region key: 2 (Land) to 12 (Gemeinde) digits. */
const ARS = /^\d{2,12}$/;

/** The responsible register: of those competent for the region, the one with the longest prefix. */
export function route(catalogue: Catalogue, type: EvidenceType, { ars }: Readonly<{ ars?: string }>): Route {
  const holders = catalogue.registers.filter((it) => it.connected !== false && it.evidence_types.includes(type.id));
  if (holders.length === 0) return { kind: 'none' };
  const region = type.competence_parameter === 'ars' ? ars : '';
  if (region === undefined || (type.competence_parameter === 'ars' && !ARS.test(region))) {
    return { kind: 'needs', parameters: ['ars'] };
  }
  let longest = -1;
  let nearest: Register[] = [];
  for (const register of holders) {
    const reach = Math.max(-1, ...register.competence.filter((it) => region.startsWith(it)).map((it) => it.length));
    if (reach > longest) [longest, nearest] = [reach, []];
    if (reach >= 0 && reach === longest) nearest.push(register);
  }
  const [register, ...others] = nearest;
  if (register === undefined) return { kind: 'none' };
  if (others.length === 0) return { kind: 'one', register };
  return { kind: 'several', registers: nearest.map(({ id }) => id).sort() };
}
