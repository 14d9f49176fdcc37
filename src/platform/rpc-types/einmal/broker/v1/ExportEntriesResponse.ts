// Original file: einmal/broker/v1/transparency_service.proto


/**
 * Response of ExportEntries.
 */
export interface ExportEntriesResponse {
  /**
   * Lines of JSON, one entry each.
   */
  'ndjson'?: (Buffer | Uint8Array | string);
}

/**
 * Response of ExportEntries.
 */
export interface ExportEntriesResponse__Output {
  /**
   * Lines of JSON, one entry each.
   */
  'ndjson'?: (Buffer);
}
