/** A UUID as we and PostgreSQL write one (RFC 9562 § 4): in lower case, so that equal ones are equal texts. */
export const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
