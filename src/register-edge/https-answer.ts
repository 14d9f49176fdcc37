import type { HttpsMessage } from '../platform/https-peer.js';
import { demandOfAnswer } from './answer-fault.js';

/** An answer of this kind in UTF-8, as it is, from where it was asked for; before anything of it is read. @throws AnswerFault */
export function demandMediaType({ status, headers }: HttpsMessage, mediaType: string): void {
  demandOfAnswer(status < 300 || status >= 400, 'ANSWER_REDIRECTS');
  demandOfAnswer(status === 200, 'ANSWER_STATUS');
  const [type = '', ...parameters] = (headers['content-type'] ?? '').toLowerCase().split(';');
  const isUtf8 = parameters.every((it) => !it.includes('charset') || /^\s*charset="?utf-8"?\s*$/.test(it));
  const isPlain = (headers['content-encoding'] ?? 'identity') === 'identity';
  demandOfAnswer(type.trim() === mediaType && isUtf8 && isPlain, 'ANSWER_CONTENT_TYPE');
}
