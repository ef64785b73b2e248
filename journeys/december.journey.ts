/** December 2026 in a city that begins empty: every obligation of the new rules, each step at its own screen by the person whose work it is. */
import config from '../playwright.config.ts';
import { test } from './december/city.ts';
import { payFees } from './december/fees.ts';
import { acceptOnPromise, applyOnPhone, preReview, registerPerson, supplyLater } from './december/filing.ts';
import { admit, enterWorkers, registerCare, registerInstitution } from './december/opening.ts';
import { conclude, deliver, proof, publish, read } from './december/result.ts';
import { check, confirm, returned } from './december/scrutiny.ts';
import { again, dispatch, takeOrder, visit } from './december/visit.ts';

/** The camera and the microphone are fake devices of the browser (a turning disc at five pictures a second, a beep): no other part is; what they give is recorded, cut, hashed and sent for real. */
const FAKE_DEVICE = ['--use-fake-device-for-media-stream=fps=5', '--use-fake-ui-for-media-stream'];
test.use({ launchOptions: { ...config.use?.launchOptions, args: [...(config.use?.launchOptions?.args ?? []), ...FAKE_DEVICE] } });

const ROAD = [
  ['the agency registers the assessment institution', registerInstitution],
  ['the institution enters who assesses', enterWorkers],
  ['the agency admits them to the register, with certificate and training', admit],
  ['and a care institution with its price', registerCare],
  ['the township registers a person at the window', registerPerson],
  ['her son applies on his phone and hands in what he has', applyOnPhone],
  ['the township looks at it first', preReview],
  ['the insurer accepts it on a promise', acceptOnPromise],
  ['the family keeps the promise', supplyLater],
  ['the insurer sends it to the institution that the rule proposes', dispatch],
  ['the institution takes the order and sends two people', takeOrder],
  ['they visit her with the phone, the camera running', visit],
  ['the experts that were drawn agree', confirm],
  ['the insurer sends it back: one answer has no proof', returned],
  ['the two go once more and bring it', again],
  ['experts are drawn anew, and the check passes', check],
  ['the agency hangs out the batch', publish],
  ['the township photographs the poster on the wall', proof],
  ['after the notice there is a conclusion and its letter', conclude],
  ['the township delivers it against a signature', deliver],
  ['the family reads it on the phone', read],
  ['the month\'s assessment fee is reviewed by two, paid by a third, and the family pays nothing', payFees],
] as const;

test('an empty city brings its first case from the application to the delivered letter and the paid fee, by the rules of December 2026', async ({ city }) => {
  test.setTimeout(900_000);
  for (const [sentence, walk] of ROAD) await test.step(sentence, () => walk(city));
});
