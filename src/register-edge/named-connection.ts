/** To another system over mutual TLS, and to nobody without one of the certificates that are named. */
export type NamedConnection = Readonly<{
  /** Environment variable with `https://host:port`. */
  url_env: string;
  /** Environment variable with a folder: certificate and key of the edge, and the authority to trust. */
  identity_env: string;
  /** `x5t#S256` of the certificates that the system may show. */
  server_certificates: readonly string[];
  timeout_ms?: number;
  max_answer_bytes?: number;
}>;
