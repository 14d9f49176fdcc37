import type { Register } from './catalogue.js';

/** Only a register of the annex, or one that another norm names, may receive the IDNr (EGovG § 5 Abs. 4). */
export function mayReceiveIdnr(register: Register): boolean {
  return register.idnrg_annex !== undefined || register.idnr_norm !== undefined;
}
