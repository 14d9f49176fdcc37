import type { Admission } from '../page-at.js';

/** Who may see what changes; the node says so, too. */
export const READING: Admission = { roles: ['administrator', 'officer', 'auditor'], assurance: 'substantial' };
export const DECIDING_ON_RULES: Admission = { roles: ['administrator'], assurance: 'substantial' };
