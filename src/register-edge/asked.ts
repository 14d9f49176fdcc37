import type { FieldViolation } from '../platform/fault.js';
import type { LookupRequest, RetrievalRequest } from '../tokens/register-request.js';
import type { SubjectOpening } from '../tokens/subject-commitment.js';

type Presented<R> = Readonly<{
  request: R;
  evidenceType: string;
  /** Attributes asked for, sorted. */
  fields: readonly string[];
  opening: SubjectOpening;
  /** What both tokens must be bound to; recomputed here from what arrived. */
  digest: string;
  permissionToken: string;
  triggerToken: string;
}>;

export type AskedRetrieval = Presented<RetrievalRequest>;
export type AskedLookup = Presented<LookupRequest>;
export type Asked = AskedRetrieval | AskedLookup;

/**
 * A request as it arrived: read, or with every field that could not be. Its retrieval id is known where it alone could be
 * read, so that both logs still agree on what was refused.
 */
export type Decoded<A extends Asked> =
  | Readonly<{ ok: true; asked: A }>
  | Readonly<{ ok: false; violations: readonly FieldViolation[]; retrievalId: string | null }>;
