import { createRequire } from 'node:module';

// The runner of this very Jest: a second copy would not know its workers.
const jest = createRequire(createRequire(import.meta.url).resolve('jest'));
const core = createRequire(jest.resolve('@jest/core'));
const { default: TestRunner } = core('jest-runner');

/** One file after another: they share one system, one log and the clock of one machine. */
export default class SerialRunner extends TestRunner {
  isSerial = true;
}
