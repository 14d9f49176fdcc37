// Original file: einmal/broker/v1/catalogue_service.proto

import type { PermittedTransfer as _einmal_broker_v1_PermittedTransfer, PermittedTransfer__Output as _einmal_broker_v1_PermittedTransfer__Output } from '../../../einmal/broker/v1/PermittedTransfer.js';

/**
 * Response of ListPermissions.
 */
export interface ListPermissionsResponse {
  /**
   * Permissions.
   */
  'permissions'?: (_einmal_broker_v1_PermittedTransfer)[];
  /**
   * Continues this list; empty at its end.
   */
  'next_page_token'?: (string);
  /**
   * Version of the catalogue this answer is from.
   */
  'catalogue_version'?: (string);
}

/**
 * Response of ListPermissions.
 */
export interface ListPermissionsResponse__Output {
  /**
   * Permissions.
   */
  'permissions'?: (_einmal_broker_v1_PermittedTransfer__Output)[];
  /**
   * Continues this list; empty at its end.
   */
  'next_page_token'?: (string);
  /**
   * Version of the catalogue this answer is from.
   */
  'catalogue_version'?: (string);
}
