// Original file: einmal/broker/v1/transparency_service.proto


/**
 * Request of GetCheckpoint.
 */
export interface GetCheckpointRequest {
}

/**
 * Request of GetCheckpoint.
 */
export interface GetCheckpointRequest__Output {
}
