import { renderToString } from 'preact-render-to-string';
import type { View } from '../view.js';
import type { Visit } from '../visit.js';
import { Shell } from './shell.js';

export function htmlOf({ title, body }: View, visit: Visit): string {
  return `<!doctype html>${renderToString(
    <Shell title={title} visit={visit}>
      {body}
    </Shell>,
  )}`;
}
