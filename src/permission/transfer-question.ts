/**
 * The abstract question of IDNrG § 7 Abs. 2: who, from whom, what kind of evidence, what for, on which basis. It has no
 * member for a person or a payload, and must never get one.
 */
export type TransferQuestion = Readonly<{
  /** Participant that would receive the evidence. */
  consumer: string;
  /** Register that would deliver it. */
  provider: string;
  evidence_type: string;
  purpose: string;
  legal_basis: string;
}>;
