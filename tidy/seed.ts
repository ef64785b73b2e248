/** vitest's set-up of each file: what is drawn by lot follows SEED where it is given, as `npm test` does. */
import fc from 'fast-check';

const seed = process.env['SEED'];
if (seed !== undefined) fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(seed) });
