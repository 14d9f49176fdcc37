import type { Admission } from '../page-at.js';

/** Who may inspect; the node says so, too. */
export const INSPECTING: Admission = { roles: ['officer', 'auditor'], assurance: 'substantial' };
/** What shows persons, or decides something. */
export const OFFICERS: Admission = { roles: ['officer'], assurance: 'substantial' };
