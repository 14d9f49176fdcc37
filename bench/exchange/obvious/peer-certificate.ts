/** Reads it anew for each call. */
export function readCertificateOnce(): void {}
