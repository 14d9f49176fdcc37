import { ConfigFault } from '../platform/config.js';

/** What was found out about one rule that a register must keep; never a value of a person. */
export type Finding = Readonly<{
  rule: string;
  /** View, file, evidence type, attribute. */
  about: string;
  state: 'holds' | 'fails' | 'unknown';
  /** What is the case, where it is not what the rule says, or why that cannot be told. */
  fault?: string;
  /** What is worth knowing where it holds. */
  detail?: string;
  /** What its operator can do. */
  todo?: string;
}>;

export function holds(rule: string, about: string, detail?: string): Finding {
  return { rule, about, state: 'holds', ...(detail === undefined ? {} : { detail }) };
}

export function fails(rule: string, about: string, fault: string, todo: string): Finding {
  return { rule, about, state: 'fails', fault, todo };
}

export function unknown(rule: string, about: string, fault: string, todo: string): Finding {
  return { rule, about, state: 'unknown', fault, todo };
}

/** @throws ConfigFault with everything that fails or cannot be told */
export function demandHeld(findings: readonly Finding[]): void {
  const faults = findings.filter((it) => it.state !== 'holds').map(({ about, fault = '' }) => `${about} ${fault}`);
  if (faults.length > 0) throw new ConfigFault(faults);
}
