/**
 * The message gateway of this program as it is delivered: no message leaves the machine. It answers as an operator would, by the number alone, so
 * that every outcome can be seen: a number that is no mobile number or ends in 9999 is refused, one that ends in 0000 cannot be reached.
 */
import type { MessageGateway } from './message.ts';

export const fakeMessageGateway: MessageGateway = {
  sendMessage: async (to) => {
    if (!/^1[3-9][0-9]{9}$/.test(to)) return { outcome: 'refused', failure: 'numberWrong' };
    if (to.endsWith('9999')) return { outcome: 'refused', failure: 'numberOutOfService' };
    return to.endsWith('0000') ? { outcome: 'later', failure: 'networkDown' } : { outcome: 'taken' };
  },
};
