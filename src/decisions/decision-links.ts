import { createHash, randomBytes } from 'node:crypto';

const SECRET_BYTES = 32;

/** Links of a node into its pages. What is in a link is nowhere stored. */
export class DecisionLinks {
  constructor(
    /** Origin of the pages; undefined where this node has none. */
    private readonly pagesUrl: string | undefined,
  ) {}

  /** Undefined where this node has no pages. */
  make(): Readonly<{ link: string; digest: string }> | undefined {
    if (this.pagesUrl === undefined) return undefined;
    const secret = randomBytes(SECRET_BYTES).toString('base64url');
    return { link: `${this.pagesUrl}/decide/${secret}`, digest: linkDigest(secret) };
  }

  get preview(): string {
    return this.pagesUrl === undefined ? '' : `${this.pagesUrl}/preview/`;
  }
}

export function linkDigest(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}
