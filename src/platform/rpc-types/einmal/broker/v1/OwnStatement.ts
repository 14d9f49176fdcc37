// Original file: einmal/broker/v1/evidence_service.proto


/**
 * What a person states themself about one datum that they were shown (EGovG § 5 Abs. 5). It changes nothing in the evidence, and no
 * register vouches for it.
 */
export interface OwnStatement {
  /**
   * Held item. Required.
   */
  'held_id'?: (string);
  /**
   * Evidence in which the datum stands: its `jti`. Of an answer only.
   */
  'evidence_id'?: (string);
  /**
   * Attribute that it is about, among those shown. Required.
   */
  'attribute'?: (string);
  /**
   * What the person wrote: one line, at most 200 characters of DIN 91379 data type C. Required.
   */
  'value'?: (string);
  /**
   * Random salt, 32 bytes. The digest in the attestation is SHA-256 over the RFC 8785 form of `{held_id, attribute, value, salt}`,
   * the salt in base64url. Required.
   */
  'salt'?: (Buffer | Uint8Array | string);
}

/**
 * What a person states themself about one datum that they were shown (EGovG § 5 Abs. 5). It changes nothing in the evidence, and no
 * register vouches for it.
 */
export interface OwnStatement__Output {
  /**
   * Held item. Required.
   */
  'held_id'?: (string);
  /**
   * Evidence in which the datum stands: its `jti`. Of an answer only.
   */
  'evidence_id'?: (string);
  /**
   * Attribute that it is about, among those shown. Required.
   */
  'attribute'?: (string);
  /**
   * What the person wrote: one line, at most 200 characters of DIN 91379 data type C. Required.
   */
  'value'?: (string);
  /**
   * Random salt, 32 bytes. The digest in the attestation is SHA-256 over the RFC 8785 form of `{held_id, attribute, value, salt}`,
   * the salt in base64url. Required.
   */
  'salt'?: (Buffer);
}
