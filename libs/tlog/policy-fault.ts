/**
 * Why a policy was not accepted, or a checkpoint under it (C2SP tlog-policy).
 *
 * - `MALFORMED_POLICY`: not a policy; the message names the line (Policy file syntax and structure).
 * - `QUORUM_NOT_REACHED`: too few of the witnesses that the policy asks for have cosigned (Defining the quorum).
 */
export type PolicyFaultCode = 'MALFORMED_POLICY' | 'QUORUM_NOT_REACHED';

/** A failure under the C2SP tlog-policy specification; tell the cases apart by `code`. */
export class PolicyFault extends Error {
  override readonly name = 'PolicyFault';

  constructor(
    readonly code: PolicyFaultCode,
    message: string,
    readonly line?: number,
  ) {
    super(line === undefined ? message : `line ${line}: ${message}`);
  }
}
