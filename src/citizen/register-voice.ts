import type { AuditReceipt } from '../audit/log-store.js';
import type { RegisterInquiry } from '../tokens/register-inquiry.js';

/** One line of a register's own log about the person, in its words; empty where it says nothing. */
export type RegisterLine = Readonly<{
  /** Milliseconds since the epoch. */
  at: number;
  event: string;
  consumer: string;
  evidenceType: string;
  purpose: string;
  legalBasis: string;
  outcome: string;
  reason: string;
  attributes: readonly string[];
}>;

export type RegisterLines = Readonly<{
  lines: readonly RegisterLine[];
  /** Milliseconds since the epoch. */
  reachesBackTo: number | undefined;
  nextPageToken: string;
}>;

export type Report = Readonly<{
  reportId: string;
  retrievalId: string;
  idnr: string;
  attribute: string;
  remark: string;
  /** Empty where it is not known. */
  evidenceId: string;
  reporter: 'subject' | 'consumer';
}>;

export const REPORT_STATES = ['received', 'in-review', 'corrected', 'not-confirmed'] as const;

/** Milliseconds since the epoch. */
export type ReportStanding = Readonly<{
  state: (typeof REPORT_STATES)[number];
  acceptedAt: number | undefined;
  changedAt: number | undefined;
  explanation: string;
}>;

/** The register gave no usable answer in time. */
export class RegisterSilent extends Error {
  override readonly name = 'RegisterSilent';

  /** @param why status or reason: no text of the register */
  constructor(
    readonly why: string,
    cause?: unknown,
  ) {
    super(`the register does not answer: ${why}`, { cause });
  }
}

/**
 * What registers say to the person whom their lines are about, and take from them. Nothing is asked without the receipt of the
 * entry that says so. `deadline` is in milliseconds since the epoch.
 */
export abstract class RegisterVoice {
  /** @throws RegisterSilent */
  abstract lines(
    receipt: AuditReceipt,
    inquiry: RegisterInquiry,
    token: string,
    deadline: number,
  ): Promise<RegisterLines>;

  /** @throws RegisterSilent, Fault NOT_FOUND where the register did not give that attribute of that person */
  abstract report(receipt: AuditReceipt, register: string, report: Report, deadline: number): Promise<void>;

  /** @throws RegisterSilent, Fault NOT_FOUND where the register has no such report */
  abstract standing(register: string, reportId: string, deadline: number): Promise<ReportStanding>;
}
