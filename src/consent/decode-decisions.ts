import type { Decoder } from '../platform/decode.js';
import type { AttestedDecision__Output } from '../platform/rpc-types/einmal/broker/v1/AttestedDecision.js';
import type { AttestedDecision } from './grant-triggers.js';

const SALT_BYTES = 32;
const MOST = 64;

export function decodeDecisions(
  decoder: Decoder,
  given: readonly AttestedDecision__Output[] | undefined,
  least: 0 | 1,
): readonly AttestedDecision[] {
  return decoder.list('decisions', given, { min: least, max: MOST }).map((it, at) => ({
    attestation: decoder.token(`decisions[${at}].attestation`, it.attestation),
    commitmentSalt: decoder.bytes(`decisions[${at}].commitment_salt`, it.commitment_salt, SALT_BYTES),
    fileReference: decoder.optionalLine(`decisions[${at}].file_reference`, it.file_reference),
    actingOfficial: decoder.optionalLine(`decisions[${at}].acting_official`, it.acting_official),
  }));
}
