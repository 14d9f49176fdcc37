/** One record of a simulated register, about a synthetic person. */
export type SimulatedRecord = Readonly<{
  evidence_type: string;
  idnr: string;
  birth_date: string;
  /** Neither: nobody knows. */
  blocked: boolean | null;
  /** RFC 3339. */
  as_of: string;
  /** From when on it can be had. RFC 3339. */
  available_at?: string;
  values: Readonly<Record<string, unknown>>;
}>;

export type Wanted = Readonly<{ evidenceType: string; idnr: string; birthDate: string }>;

export function recordsOf(records: readonly SimulatedRecord[], { evidenceType, idnr, birthDate }: Wanted) {
  return records.filter((it) => it.evidence_type === evidenceType && it.idnr === idnr && it.birth_date === birthDate);
}
