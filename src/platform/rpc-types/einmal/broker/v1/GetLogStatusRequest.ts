// Original file: einmal/broker/v1/transparency_service.proto


/**
 * Request of GetLogStatus.
 */
export interface GetLogStatusRequest {
}

/**
 * Request of GetLogStatus.
 */
export interface GetLogStatusRequest__Output {
}
