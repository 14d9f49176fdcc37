// Original file: einmal/broker/v1/error_reason.proto

/**
 * Why a request was not, or not fully, answered. Carried as `reason` of the `google.rpc.ErrorInfo` (domain `einmal`)
 * in `grpc-status-details-bin`, without the prefix `ERROR_REASON_`, and in the items of partial answers. The list is
 * closed: a client may switch over it. No reason and no message ever carries personal data.
 */
export const ErrorReason = {
  /**
   * Never sent.
   */
  ERROR_REASON_UNSPECIFIED: 'ERROR_REASON_UNSPECIFIED',
  /**
   * The client certificate belongs to no participant of the catalogue. UNAUTHENTICATED.
   */
  ERROR_REASON_CALLER_UNKNOWN: 'ERROR_REASON_CALLER_UNKNOWN',
  /**
   * The access token is missing, malformed, expired, for another audience, signed with a key or algorithm that is not
   * bound to its issuer, or not bound to this certificate (RFC 8705 section 3). UNAUTHENTICATED.
   */
  ERROR_REASON_ACCESS_TOKEN_INVALID: 'ERROR_REASON_ACCESS_TOKEN_INVALID',
  /**
   * The message could not be decoded as the protobuf message of this method. INVALID_ARGUMENT.
   */
  ERROR_REASON_REQUEST_MALFORMED: 'ERROR_REASON_REQUEST_MALFORMED',
  /**
   * The message is larger than the limit, which `metadata.limit_bytes` names where the node itself measured it.
   * RESOURCE_EXHAUSTED.
   */
  ERROR_REASON_REQUEST_TOO_LARGE: 'ERROR_REASON_REQUEST_TOO_LARGE',
  /**
   * One or more fields are invalid; `google.rpc.BadRequest` names all of them. INVALID_ARGUMENT.
   */
  ERROR_REASON_REQUEST_INVALID: 'ERROR_REASON_REQUEST_INVALID',
  /**
   * The same `request_id` was used before with other content. INVALID_ARGUMENT.
   */
  ERROR_REASON_REQUEST_ID_REUSED: 'ERROR_REASON_REQUEST_ID_REUSED',
  /**
   * The same `request_id` is being answered right now. ABORTED, with `google.rpc.RetryInfo`.
   */
  ERROR_REASON_REQUEST_IN_PROGRESS: 'ERROR_REASON_REQUEST_IN_PROGRESS',
  /**
   * The deadline had passed before the request was accepted, or passed while it was answered. DEADLINE_EXCEEDED.
   */
  ERROR_REASON_DEADLINE_PASSED: 'ERROR_REASON_DEADLINE_PASSED',
  /**
   * The purpose, or this version of it, is not registered. PERMISSION_DENIED.
   */
  ERROR_REASON_PURPOSE_NOT_REGISTERED: 'ERROR_REASON_PURPOSE_NOT_REGISTERED',
  /**
   * No rule permits this transfer, or a rule denies it (IDNrG § 7 Abs. 2). PERMISSION_DENIED.
   */
  ERROR_REASON_TRANSFER_NOT_PERMITTED: 'ERROR_REASON_TRANSFER_NOT_PERMITTED',
  /**
   * The role of the caller does not allow this call. PERMISSION_DENIED.
   */
  ERROR_REASON_CALL_NOT_ALLOWED: 'ERROR_REASON_CALL_NOT_ALLOWED',
  /**
   * No decision of the person, request or task of the authority covers this. FAILED_PRECONDITION.
   */
  ERROR_REASON_TRIGGER_MISSING: 'ERROR_REASON_TRIGGER_MISSING',
  /**
   * The attestation of the decision is malformed, wrongly signed, or signed by somebody who may not attest it.
   * FAILED_PRECONDITION.
   */
  ERROR_REASON_TRIGGER_NOT_ATTESTED: 'ERROR_REASON_TRIGGER_NOT_ATTESTED',
  /**
   * The trigger has expired. FAILED_PRECONDITION.
   */
  ERROR_REASON_TRIGGER_EXPIRED: 'ERROR_REASON_TRIGGER_EXPIRED',
  /**
   * The trigger was withdrawn. FAILED_PRECONDITION.
   */
  ERROR_REASON_TRIGGER_WITHDRAWN: 'ERROR_REASON_TRIGGER_WITHDRAWN',
  /**
   * The trigger was used before; each is for one retrieval. FAILED_PRECONDITION.
   */
  ERROR_REASON_TRIGGER_USED: 'ERROR_REASON_TRIGGER_USED',
  /**
   * The trigger covers another requester, purpose, purpose version, evidence type, field set, subject or text version.
   * FAILED_PRECONDITION.
   */
  ERROR_REASON_TRIGGER_NOT_COVERING: 'ERROR_REASON_TRIGGER_NOT_COVERING',
  /**
   * The evidence type is not in the catalogue. NOT_FOUND, only after permission.
   */
  ERROR_REASON_EVIDENCE_TYPE_UNKNOWN: 'ERROR_REASON_EVIDENCE_TYPE_UNKNOWN',
  /**
   * No register connected to this node holds this evidence; the applicant may bring it. NOT_FOUND, only after permission.
   */
  ERROR_REASON_REGISTER_NOT_FOUND: 'ERROR_REASON_REGISTER_NOT_FOUND',
  /**
   * Several registers are competent. FAILED_PRECONDITION.
   */
  ERROR_REASON_REGISTER_AMBIGUOUS: 'ERROR_REASON_REGISTER_AMBIGUOUS',
  /**
   * The route needs a parameter such as the official region key; `FindRoute` names it. FAILED_PRECONDITION.
   */
  ERROR_REASON_ROUTE_PARAMETER_MISSING: 'ERROR_REASON_ROUTE_PARAMETER_MISSING',
  /**
   * The person was not found, not found uniquely, is blocked, has no record, or the decider may not decide for them. One
   * answer for all, byte for byte the same and at the same moment (IDNrG § 6 Abs. 4 and 5). NOT_FOUND.
   */
  ERROR_REASON_SUBJECT_NOT_AVAILABLE: 'ERROR_REASON_SUBJECT_NOT_AVAILABLE',
  /**
   * The subject token is malformed, expired, or of another consumer, certificate or trigger. FAILED_PRECONDITION.
   */
  ERROR_REASON_SUBJECT_TOKEN_INVALID: 'ERROR_REASON_SUBJECT_TOKEN_INVALID',
  /**
   * The register did not answer in time, could not be reached or has a record that it cannot give: a register says the last by
   * `metadata.of`, `record`. UNAVAILABLE, with `google.rpc.RetryInfo`.
   */
  ERROR_REASON_REGISTER_UNAVAILABLE: 'ERROR_REASON_REGISTER_UNAVAILABLE',
  /**
   * The register refused; both logs hold its reason. FAILED_PRECONDITION.
   */
  ERROR_REASON_REGISTER_REFUSED: 'ERROR_REASON_REGISTER_REFUSED',
  /**
   * What the register sent is not what was asked for or not provably from it; nothing of it is passed on. UNAVAILABLE.
   */
  ERROR_REASON_EVIDENCE_INVALID: 'ERROR_REASON_EVIDENCE_INVALID',
  /**
   * The audit log cannot be written; nothing was fetched or nothing was released. UNAVAILABLE, with RetryInfo.
   */
  ERROR_REASON_AUDIT_LOG_UNAVAILABLE: 'ERROR_REASON_AUDIT_LOG_UNAVAILABLE',
  /**
   * The intermediary cannot answer; nothing was fetched. UNAVAILABLE, with RetryInfo.
   */
  ERROR_REASON_INTERMEDIARY_UNAVAILABLE: 'ERROR_REASON_INTERMEDIARY_UNAVAILABLE',
  /**
   * The identity directory cannot answer. UNAVAILABLE, with RetryInfo.
   */
  ERROR_REASON_IDENTITY_DIRECTORY_UNAVAILABLE: 'ERROR_REASON_IDENTITY_DIRECTORY_UNAVAILABLE',
  /**
   * Too much work is waiting, or the caller's own limit is reached. RESOURCE_EXHAUSTED, with RetryInfo.
   */
  ERROR_REASON_BUSY: 'ERROR_REASON_BUSY',
  /**
   * The evidence is encrypted to a key that the consumer itself holds; use the client library. FAILED_PRECONDITION.
   */
  ERROR_REASON_CONSUMER_HOLDS_KEY: 'ERROR_REASON_CONSUMER_HOLDS_KEY',
  /**
   * The method is specified but not built in this release. UNIMPLEMENTED.
   */
  ERROR_REASON_NOT_BUILT: 'ERROR_REASON_NOT_BUILT',
  /**
   * The log entry, trigger, exchange or held evidence does not exist or is not visible to this caller. NOT_FOUND.
   */
  ERROR_REASON_NOT_FOUND: 'ERROR_REASON_NOT_FOUND',
  /**
   * The requested tree size or index is beyond the log. OUT_OF_RANGE.
   */
  ERROR_REASON_BEYOND_LOG: 'ERROR_REASON_BEYOND_LOG',
  /**
   * The same permission, trigger or nonce was presented with another request. FAILED_PRECONDITION.
   */
  ERROR_REASON_REPLAY: 'ERROR_REASON_REPLAY',
  /**
   * The permission token is malformed, expired, wrongly signed, or for another request, node or register.
   * PERMISSION_DENIED.
   */
  ERROR_REASON_PERMISSION_INVALID: 'ERROR_REASON_PERMISSION_INVALID',
  /**
   * The trigger token is malformed, expired, wrongly signed, or for another request or register. PERMISSION_DENIED.
   */
  ERROR_REASON_TRIGGER_INVALID: 'ERROR_REASON_TRIGGER_INVALID',
  /**
   * The applicant chose to bring this evidence themselves, or refused its use after the preview (EGovG § 5 Abs. 1, 5).
   */
  ERROR_REASON_WITHHELD_BY_APPLICANT: 'ERROR_REASON_WITHHELD_BY_APPLICANT',
  /**
   * A fault of this node; the cause is in its operational log only. INTERNAL.
   */
  ERROR_REASON_INTERNAL: 'ERROR_REASON_INTERNAL',
  /**
   * The person wanted to see the evidence first; it waits for their decision (EGovG § 5 Abs. 5).
   */
  ERROR_REASON_PREVIEW_REQUIRED: 'ERROR_REASON_PREVIEW_REQUIRED',
  /**
   * The session token is malformed, of another audience, or signed with a key that is not one of the pages that present
   * it. UNAUTHENTICATED.
   */
  ERROR_REASON_SESSION_INVALID: 'ERROR_REASON_SESSION_INVALID',
  /**
   * The session token has expired, or the person signed in too long ago. UNAUTHENTICATED.
   */
  ERROR_REASON_SESSION_EXPIRED: 'ERROR_REASON_SESSION_EXPIRED',
  /**
   * The person signed in at a level of assurance that does not suffice for this call. PERMISSION_DENIED.
   */
  ERROR_REASON_ASSURANCE_TOO_LOW: 'ERROR_REASON_ASSURANCE_TOO_LOW',
  /**
   * A witness disputes the audit log, and the node stops until that is settled: nothing was fetched, nothing is released.
   * `TransparencyService.GetLogStatus` says which witness. UNAVAILABLE, with `google.rpc.RetryInfo`.
   */
  ERROR_REASON_LOG_DISPUTED: 'ERROR_REASON_LOG_DISPUTED',
  /**
   * A rule lets this consumer ask so often, or about so many persons, and that is used up (BSI TR-03176-1).
   * RESOURCE_EXHAUSTED, with `google.rpc.RetryInfo`: when the next period begins. `metadata.rules` names the rule.
   */
  ERROR_REASON_RATE_LIMITED: 'ERROR_REASON_RATE_LIMITED',
  /**
   * What was asked about the catalogue is not signed by an administrator whom the catalogue in force names, or they signed
   * something else. PERMISSION_DENIED.
   */
  ERROR_REASON_ACT_NOT_SIGNED: 'ERROR_REASON_ACT_NOT_SIGNED',
  /**
   * Who proposed a version of the catalogue does not approve it. PERMISSION_DENIED.
   */
  ERROR_REASON_SECOND_PERSON_REQUIRED: 'ERROR_REASON_SECOND_PERSON_REQUIRED',
  /**
   * Another version of the catalogue came into force since the proposal was made: it would take that back. Propose anew.
   * FAILED_PRECONDITION.
   */
  ERROR_REASON_CATALOGUE_CHANGED: 'ERROR_REASON_CATALOGUE_CHANGED',
  /**
   * This node does not know or cannot load the catalogue in force, and answers nothing by an older one. UNAVAILABLE, with
   * `google.rpc.RetryInfo`.
   */
  ERROR_REASON_CATALOGUE_UNAVAILABLE: 'ERROR_REASON_CATALOGUE_UNAVAILABLE',
  /**
   * The caller identified itself wrongly more than twice in a row (FZV § 68 Abs. 2). It ends when the caller identifies
   * itself and presents what an administrator of the node signed about it; `metadata.lock` names it. PERMISSION_DENIED.
   */
  ERROR_REASON_CALLER_LOCKED: 'ERROR_REASON_CALLER_LOCKED',
  /**
   * Too many lookups of this caller found nobody lately; it says nothing about the person asked for now, who was not looked
   * up. RESOURCE_EXHAUSTED, with `google.rpc.RetryInfo`.
   */
  ERROR_REASON_TOO_MANY_MISIDENTIFICATIONS: 'ERROR_REASON_TOO_MANY_MISIDENTIFICATIONS',
  /**
   * The deadline would end before the moment at which every answer about a person that is not available leaves, and would tell how
   * far the exchange came. `metadata.least_ms` says how long it must be. Nobody was looked up. FAILED_PRECONDITION.
   */
  ERROR_REASON_DEADLINE_TOO_SHORT: 'ERROR_REASON_DEADLINE_TOO_SHORT',
  /**
   * The register has it later; in answers only, with the time from which it is worth asking again. UNAVAILABLE.
   */
  ERROR_REASON_EVIDENCE_DEFERRED: 'ERROR_REASON_EVIDENCE_DEFERRED',
  /**
   * What was announced for later did not come in time, or was not fetched in time; decide anew. UNAVAILABLE.
   */
  ERROR_REASON_DEFERRAL_EXPIRED: 'ERROR_REASON_DEFERRAL_EXPIRED',
  /**
   * The register failed several times in a row and is not asked for a moment: it was not asked, and the decision is not used.
   * In answers with the time from which it is worth asking again. UNAVAILABLE, with `google.rpc.RetryInfo`.
   */
  ERROR_REASON_REGISTER_SUSPENDED: 'ERROR_REASON_REGISTER_SUSPENDED',
  /**
   * Too many requests wait for this register; otherwise as `ERROR_REASON_REGISTER_SUSPENDED`.
   */
  ERROR_REASON_REGISTER_BUSY: 'ERROR_REASON_REGISTER_BUSY',
  /**
   * The register answers this consumer no more for now, by a limit of its own or by its own count of the persons that a rule
   * lets the consumer ask about, whether they exist or not; in answers with the time from which it does again.
   * RESOURCE_EXHAUSTED, with `google.rpc.RetryInfo`.
   */
  ERROR_REASON_REGISTER_RATE_LIMITED: 'ERROR_REASON_REGISTER_RATE_LIMITED',
  /**
   * The database of the process that was asked cannot be reached. UNAVAILABLE, with `google.rpc.RetryInfo`: the same request
   * may be sent again.
   */
  ERROR_REASON_STORE_UNAVAILABLE: 'ERROR_REASON_STORE_UNAVAILABLE',
  /**
   * The witnesses have cosigned no checkpoint after what is to be drawn by their signatures. UNAVAILABLE, with
   * `google.rpc.RetryInfo`.
   */
  ERROR_REASON_LOG_NOT_WITNESSED: 'ERROR_REASON_LOG_NOT_WITNESSED',
  /**
   * The caller hung up before its deadline; in entries only, since nobody hears it. An exchange that looked somebody up counts as one
   * that found nobody. CANCELLED.
   */
  ERROR_REASON_CALLER_LEFT: 'ERROR_REASON_CALLER_LEFT',
} as const;

/**
 * Why a request was not, or not fully, answered. Carried as `reason` of the `google.rpc.ErrorInfo` (domain `einmal`)
 * in `grpc-status-details-bin`, without the prefix `ERROR_REASON_`, and in the items of partial answers. The list is
 * closed: a client may switch over it. No reason and no message ever carries personal data.
 */
export type ErrorReason =
  /**
   * Never sent.
   */
  | 'ERROR_REASON_UNSPECIFIED'
  | 0
  /**
   * The client certificate belongs to no participant of the catalogue. UNAUTHENTICATED.
   */
  | 'ERROR_REASON_CALLER_UNKNOWN'
  | 1
  /**
   * The access token is missing, malformed, expired, for another audience, signed with a key or algorithm that is not
   * bound to its issuer, or not bound to this certificate (RFC 8705 section 3). UNAUTHENTICATED.
   */
  | 'ERROR_REASON_ACCESS_TOKEN_INVALID'
  | 2
  /**
   * The message could not be decoded as the protobuf message of this method. INVALID_ARGUMENT.
   */
  | 'ERROR_REASON_REQUEST_MALFORMED'
  | 3
  /**
   * The message is larger than the limit, which `metadata.limit_bytes` names where the node itself measured it.
   * RESOURCE_EXHAUSTED.
   */
  | 'ERROR_REASON_REQUEST_TOO_LARGE'
  | 4
  /**
   * One or more fields are invalid; `google.rpc.BadRequest` names all of them. INVALID_ARGUMENT.
   */
  | 'ERROR_REASON_REQUEST_INVALID'
  | 5
  /**
   * The same `request_id` was used before with other content. INVALID_ARGUMENT.
   */
  | 'ERROR_REASON_REQUEST_ID_REUSED'
  | 6
  /**
   * The same `request_id` is being answered right now. ABORTED, with `google.rpc.RetryInfo`.
   */
  | 'ERROR_REASON_REQUEST_IN_PROGRESS'
  | 7
  /**
   * The deadline had passed before the request was accepted, or passed while it was answered. DEADLINE_EXCEEDED.
   */
  | 'ERROR_REASON_DEADLINE_PASSED'
  | 8
  /**
   * The purpose, or this version of it, is not registered. PERMISSION_DENIED.
   */
  | 'ERROR_REASON_PURPOSE_NOT_REGISTERED'
  | 9
  /**
   * No rule permits this transfer, or a rule denies it (IDNrG § 7 Abs. 2). PERMISSION_DENIED.
   */
  | 'ERROR_REASON_TRANSFER_NOT_PERMITTED'
  | 10
  /**
   * The role of the caller does not allow this call. PERMISSION_DENIED.
   */
  | 'ERROR_REASON_CALL_NOT_ALLOWED'
  | 11
  /**
   * No decision of the person, request or task of the authority covers this. FAILED_PRECONDITION.
   */
  | 'ERROR_REASON_TRIGGER_MISSING'
  | 12
  /**
   * The attestation of the decision is malformed, wrongly signed, or signed by somebody who may not attest it.
   * FAILED_PRECONDITION.
   */
  | 'ERROR_REASON_TRIGGER_NOT_ATTESTED'
  | 13
  /**
   * The trigger has expired. FAILED_PRECONDITION.
   */
  | 'ERROR_REASON_TRIGGER_EXPIRED'
  | 14
  /**
   * The trigger was withdrawn. FAILED_PRECONDITION.
   */
  | 'ERROR_REASON_TRIGGER_WITHDRAWN'
  | 15
  /**
   * The trigger was used before; each is for one retrieval. FAILED_PRECONDITION.
   */
  | 'ERROR_REASON_TRIGGER_USED'
  | 16
  /**
   * The trigger covers another requester, purpose, purpose version, evidence type, field set, subject or text version.
   * FAILED_PRECONDITION.
   */
  | 'ERROR_REASON_TRIGGER_NOT_COVERING'
  | 17
  /**
   * The evidence type is not in the catalogue. NOT_FOUND, only after permission.
   */
  | 'ERROR_REASON_EVIDENCE_TYPE_UNKNOWN'
  | 18
  /**
   * No register connected to this node holds this evidence; the applicant may bring it. NOT_FOUND, only after permission.
   */
  | 'ERROR_REASON_REGISTER_NOT_FOUND'
  | 19
  /**
   * Several registers are competent. FAILED_PRECONDITION.
   */
  | 'ERROR_REASON_REGISTER_AMBIGUOUS'
  | 20
  /**
   * The route needs a parameter such as the official region key; `FindRoute` names it. FAILED_PRECONDITION.
   */
  | 'ERROR_REASON_ROUTE_PARAMETER_MISSING'
  | 21
  /**
   * The person was not found, not found uniquely, is blocked, has no record, or the decider may not decide for them. One
   * answer for all, byte for byte the same and at the same moment (IDNrG § 6 Abs. 4 and 5). NOT_FOUND.
   */
  | 'ERROR_REASON_SUBJECT_NOT_AVAILABLE'
  | 22
  /**
   * The subject token is malformed, expired, or of another consumer, certificate or trigger. FAILED_PRECONDITION.
   */
  | 'ERROR_REASON_SUBJECT_TOKEN_INVALID'
  | 23
  /**
   * The register did not answer in time, could not be reached or has a record that it cannot give: a register says the last by
   * `metadata.of`, `record`. UNAVAILABLE, with `google.rpc.RetryInfo`.
   */
  | 'ERROR_REASON_REGISTER_UNAVAILABLE'
  | 24
  /**
   * The register refused; both logs hold its reason. FAILED_PRECONDITION.
   */
  | 'ERROR_REASON_REGISTER_REFUSED'
  | 25
  /**
   * What the register sent is not what was asked for or not provably from it; nothing of it is passed on. UNAVAILABLE.
   */
  | 'ERROR_REASON_EVIDENCE_INVALID'
  | 26
  /**
   * The audit log cannot be written; nothing was fetched or nothing was released. UNAVAILABLE, with RetryInfo.
   */
  | 'ERROR_REASON_AUDIT_LOG_UNAVAILABLE'
  | 27
  /**
   * The intermediary cannot answer; nothing was fetched. UNAVAILABLE, with RetryInfo.
   */
  | 'ERROR_REASON_INTERMEDIARY_UNAVAILABLE'
  | 28
  /**
   * The identity directory cannot answer. UNAVAILABLE, with RetryInfo.
   */
  | 'ERROR_REASON_IDENTITY_DIRECTORY_UNAVAILABLE'
  | 29
  /**
   * Too much work is waiting, or the caller's own limit is reached. RESOURCE_EXHAUSTED, with RetryInfo.
   */
  | 'ERROR_REASON_BUSY'
  | 30
  /**
   * The evidence is encrypted to a key that the consumer itself holds; use the client library. FAILED_PRECONDITION.
   */
  | 'ERROR_REASON_CONSUMER_HOLDS_KEY'
  | 31
  /**
   * The method is specified but not built in this release. UNIMPLEMENTED.
   */
  | 'ERROR_REASON_NOT_BUILT'
  | 32
  /**
   * The log entry, trigger, exchange or held evidence does not exist or is not visible to this caller. NOT_FOUND.
   */
  | 'ERROR_REASON_NOT_FOUND'
  | 33
  /**
   * The requested tree size or index is beyond the log. OUT_OF_RANGE.
   */
  | 'ERROR_REASON_BEYOND_LOG'
  | 34
  /**
   * The same permission, trigger or nonce was presented with another request. FAILED_PRECONDITION.
   */
  | 'ERROR_REASON_REPLAY'
  | 35
  /**
   * The permission token is malformed, expired, wrongly signed, or for another request, node or register.
   * PERMISSION_DENIED.
   */
  | 'ERROR_REASON_PERMISSION_INVALID'
  | 36
  /**
   * The trigger token is malformed, expired, wrongly signed, or for another request or register. PERMISSION_DENIED.
   */
  | 'ERROR_REASON_TRIGGER_INVALID'
  | 37
  /**
   * The applicant chose to bring this evidence themselves, or refused its use after the preview (EGovG § 5 Abs. 1, 5).
   */
  | 'ERROR_REASON_WITHHELD_BY_APPLICANT'
  | 38
  /**
   * A fault of this node; the cause is in its operational log only. INTERNAL.
   */
  | 'ERROR_REASON_INTERNAL'
  | 39
  /**
   * The person wanted to see the evidence first; it waits for their decision (EGovG § 5 Abs. 5).
   */
  | 'ERROR_REASON_PREVIEW_REQUIRED'
  | 40
  /**
   * The session token is malformed, of another audience, or signed with a key that is not one of the pages that present
   * it. UNAUTHENTICATED.
   */
  | 'ERROR_REASON_SESSION_INVALID'
  | 50
  /**
   * The session token has expired, or the person signed in too long ago. UNAUTHENTICATED.
   */
  | 'ERROR_REASON_SESSION_EXPIRED'
  | 51
  /**
   * The person signed in at a level of assurance that does not suffice for this call. PERMISSION_DENIED.
   */
  | 'ERROR_REASON_ASSURANCE_TOO_LOW'
  | 52
  /**
   * A witness disputes the audit log, and the node stops until that is settled: nothing was fetched, nothing is released.
   * `TransparencyService.GetLogStatus` says which witness. UNAVAILABLE, with `google.rpc.RetryInfo`.
   */
  | 'ERROR_REASON_LOG_DISPUTED'
  | 45
  /**
   * A rule lets this consumer ask so often, or about so many persons, and that is used up (BSI TR-03176-1).
   * RESOURCE_EXHAUSTED, with `google.rpc.RetryInfo`: when the next period begins. `metadata.rules` names the rule.
   */
  | 'ERROR_REASON_RATE_LIMITED'
  | 41
  /**
   * What was asked about the catalogue is not signed by an administrator whom the catalogue in force names, or they signed
   * something else. PERMISSION_DENIED.
   */
  | 'ERROR_REASON_ACT_NOT_SIGNED'
  | 70
  /**
   * Who proposed a version of the catalogue does not approve it. PERMISSION_DENIED.
   */
  | 'ERROR_REASON_SECOND_PERSON_REQUIRED'
  | 71
  /**
   * Another version of the catalogue came into force since the proposal was made: it would take that back. Propose anew.
   * FAILED_PRECONDITION.
   */
  | 'ERROR_REASON_CATALOGUE_CHANGED'
  | 72
  /**
   * This node does not know or cannot load the catalogue in force, and answers nothing by an older one. UNAVAILABLE, with
   * `google.rpc.RetryInfo`.
   */
  | 'ERROR_REASON_CATALOGUE_UNAVAILABLE'
  | 73
  /**
   * The caller identified itself wrongly more than twice in a row (FZV § 68 Abs. 2). It ends when the caller identifies
   * itself and presents what an administrator of the node signed about it; `metadata.lock` names it. PERMISSION_DENIED.
   */
  | 'ERROR_REASON_CALLER_LOCKED'
  | 60
  /**
   * Too many lookups of this caller found nobody lately; it says nothing about the person asked for now, who was not looked
   * up. RESOURCE_EXHAUSTED, with `google.rpc.RetryInfo`.
   */
  | 'ERROR_REASON_TOO_MANY_MISIDENTIFICATIONS'
  | 61
  /**
   * The deadline would end before the moment at which every answer about a person that is not available leaves, and would tell how
   * far the exchange came. `metadata.least_ms` says how long it must be. Nobody was looked up. FAILED_PRECONDITION.
   */
  | 'ERROR_REASON_DEADLINE_TOO_SHORT'
  | 62
  /**
   * The register has it later; in answers only, with the time from which it is worth asking again. UNAVAILABLE.
   */
  | 'ERROR_REASON_EVIDENCE_DEFERRED'
  | 80
  /**
   * What was announced for later did not come in time, or was not fetched in time; decide anew. UNAVAILABLE.
   */
  | 'ERROR_REASON_DEFERRAL_EXPIRED'
  | 81
  /**
   * The register failed several times in a row and is not asked for a moment: it was not asked, and the decision is not used.
   * In answers with the time from which it is worth asking again. UNAVAILABLE, with `google.rpc.RetryInfo`.
   */
  | 'ERROR_REASON_REGISTER_SUSPENDED'
  | 84
  /**
   * Too many requests wait for this register; otherwise as `ERROR_REASON_REGISTER_SUSPENDED`.
   */
  | 'ERROR_REASON_REGISTER_BUSY'
  | 85
  /**
   * The register answers this consumer no more for now, by a limit of its own or by its own count of the persons that a rule
   * lets the consumer ask about, whether they exist or not; in answers with the time from which it does again.
   * RESOURCE_EXHAUSTED, with `google.rpc.RetryInfo`.
   */
  | 'ERROR_REASON_REGISTER_RATE_LIMITED'
  | 86
  /**
   * The database of the process that was asked cannot be reached. UNAVAILABLE, with `google.rpc.RetryInfo`: the same request
   * may be sent again.
   */
  | 'ERROR_REASON_STORE_UNAVAILABLE'
  | 46
  /**
   * The witnesses have cosigned no checkpoint after what is to be drawn by their signatures. UNAVAILABLE, with
   * `google.rpc.RetryInfo`.
   */
  | 'ERROR_REASON_LOG_NOT_WITNESSED'
  | 103
  /**
   * The caller hung up before its deadline; in entries only, since nobody hears it. An exchange that looked somebody up counts as one
   * that found nobody. CANCELLED.
   */
  | 'ERROR_REASON_CALLER_LEFT'
  | 104

/**
 * Why a request was not, or not fully, answered. Carried as `reason` of the `google.rpc.ErrorInfo` (domain `einmal`)
 * in `grpc-status-details-bin`, without the prefix `ERROR_REASON_`, and in the items of partial answers. The list is
 * closed: a client may switch over it. No reason and no message ever carries personal data.
 */
export type ErrorReason__Output = typeof ErrorReason[keyof typeof ErrorReason]
