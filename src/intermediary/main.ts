import 'reflect-metadata';
import { runProcess } from '../platform/run-process.js';
import { startIntermediary } from './start-intermediary.js';

await runProcess('intermediary', startIntermediary);
