import { letOthersGoFirst } from '../platform/own-priority.js';

// Most of what reading costs is to load and compile what reads: before that, whoever waits for an answer goes first.
letOthersGoFirst();
await import('./read-in-pieces.js');
