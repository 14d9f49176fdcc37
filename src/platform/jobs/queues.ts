/** Where pg-boss keeps its tables; its owner is that of the database, and the node's login has rows only. */
export const JOBS_SCHEMA = 'jobs';

/** Queues of the node, each with the one kind of job in it. */
export const QUEUES = ['deferral', 'notice'] as const;
export type Queue = (typeof QUEUES)[number];
