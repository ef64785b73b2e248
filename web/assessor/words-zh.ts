/** The words of the assessor's portal and of the module that it shows. */
import { bookOf } from '../ui/words.ts';
import type { WordTree } from '../ui/words.ts';
import light from '../light/zh.yaml';
import assessor from './zh.yaml';

export default { ...bookOf(import.meta.glob<WordTree>('../../domain/assessments/**/zh.yaml', { eager: true, import: 'default', query: '?assessor' })), light, assessor };
