import type { EdgeLogEntry } from '../../src/register-edge/edge-log.js';
import { NOW } from '../support/builders.js';

/** Of an answered retrieval about somebody. */
export const anEdgeLine = (deviation: Partial<EdgeLogEntry> = {}): EdgeLogEntry => ({
  at: NOW,
  caller: 'node',
  consumer: 'familienkasse-online',
  evidenceType: 'meldedaten',
  purpose: 'kindergeld-antrag',
  legalBasis: 'egovg-5-1-1',
  retrievalId: 'retrieval',
  permission: null,
  trigger: null,
  attestation: null,
  attributes: ['family_name'],
  outcome: 'answered',
  reason: null,
  cause: null,
  subject: 'somebody',
  ...deviation,
});
