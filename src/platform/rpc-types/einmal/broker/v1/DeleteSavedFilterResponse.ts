// Original file: einmal/broker/v1/oversight_service.proto


/**
 * Response of DeleteSavedFilter.
 */
export interface DeleteSavedFilterResponse {
}

/**
 * Response of DeleteSavedFilter.
 */
export interface DeleteSavedFilterResponse__Output {
}
