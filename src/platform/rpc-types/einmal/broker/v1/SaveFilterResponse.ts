// Original file: einmal/broker/v1/oversight_service.proto


/**
 * Response of SaveFilter.
 */
export interface SaveFilterResponse {
}

/**
 * Response of SaveFilter.
 */
export interface SaveFilterResponse__Output {
}
