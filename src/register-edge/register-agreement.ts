import type { Register } from '../catalogue/catalogue.js';
import type { CatalogueLookup } from '../catalogue/lookup.js';
import { ConfigFault } from '../platform/config.js';
import { isGrpc, type RegisterConfig, isDirectory as servesLookups } from './register-config.js';

/** What the identity directory answers: nothing of the base data but these (IDNrG § 6 Abs. 3). */
export const LOOKUP_ATTRIBUTES = ['birth_date', 'idnr'] as const;

/** Holds the configuration of a register against the catalogue: what is agreed is served, and nothing else. @throws ConfigFault */
export function agreedRegister(config: RegisterConfig, lookup: CatalogueLookup, participant: string): Register {
  const faults: string[] = [];
  const register = lookup.register(config.register);
  if (register === undefined) throw new ConfigFault([`the catalogue has no register "${config.register}"`]);
  if (register.participant !== participant)
    faults.push(`register "${register.id}" belongs to participant "${register.participant}"`);
  const directory = servesLookups(config) ? config.directory : undefined;
  const isDirectory = lookup.participant(register.participant)?.kind === 'identity-directory';
  if (isDirectory !== (directory !== undefined))
    faults.push(`register "${register.id}" ${isDirectory ? 'needs' : 'must not have'} a directory section`);
  const served = directory ? [directory.evidence_type] : Object.keys(config.evidence ?? {});
  for (const id of register.evidence_types.filter((it) => !served.includes(it)))
    faults.push(`evidence type "${id}" is agreed and not configured`);
  for (const id of served.filter((it) => !register.evidence_types.includes(it)))
    faults.push(`evidence type "${id}" is configured and not agreed`);
  for (const [id, { attributes, ...mapping }] of Object.entries(config.evidence ?? {})) {
    const company = 'company' in mapping ? mapping.company : undefined;
    const isLegal = lookup.evidenceType(id)?.subject === 'legal';
    // Over gRPC the key says by itself whose it is.
    if (!isGrpc(config) && isLegal !== (company !== undefined))
      faults.push(
        `"${id}" is about ${isLegal ? 'legal' : 'natural'} persons: it needs a ${isLegal ? 'company' : 'person'} section`,
      );
    const agreed = lookup.evidenceType(id)?.attributes.map((it) => it.id) ?? [];
    for (const name of agreed.filter((it) => !Object.hasOwn(attributes, it)))
      faults.push(`attribute "${name}" of "${id}" has no column`);
    for (const name of Object.keys(attributes).filter((it) => !agreed.includes(it)))
      faults.push(`attribute "${name}" is not one of "${id}"`);
  }
  for (const id of Object.keys(config.rate_limits?.consumers ?? {}))
    if (lookup.participant(id) === undefined) faults.push(`rate_limits names "${id}", no participant of the catalogue`);
  if (faults.length > 0) throw new ConfigFault(faults);
  return register;
}
