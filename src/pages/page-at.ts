import { applyDecorators, Get, HttpCode, Post, SetMetadata } from '@nestjs/common';
import type { Assurance } from '../catalogue/catalogue.js';
import type { SessionRole } from '../tokens/session-token.js';

/** Who may see a page. */
export type Admission = Readonly<{
  /** None: everybody, signed in or not. */
  roles: readonly SessionRole[];
  /** The least level of assurance at which the person signed in. */
  assurance?: Assurance;
  /** Others send people here: whoever comes from another site is not asked first whether they want to. */
  isEntry?: true;
}>;

export const ADMISSION = 'einmal:admission';

/** A page: a method that returns a `View` or a `Redirect`. */
export function ShowAt(path: string, admission: Admission): MethodDecorator {
  return applyDecorators(Get(path), SetMetadata(ADMISSION, admission));
}

/** What a form is sent to. The guard demands that it came from these pages, with the token of the session where there is one. */
export function SendTo(path: string, admission: Admission): MethodDecorator {
  return applyDecorators(Post(path), HttpCode(200), SetMetadata(ADMISSION, admission));
}
