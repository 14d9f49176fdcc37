// Original file: einmal/broker/v1/evidence_service.proto


/**
 * Response of AttestRelease.
 */
export interface AttestReleaseResponse {
}

/**
 * Response of AttestRelease.
 */
export interface AttestReleaseResponse__Output {
}
