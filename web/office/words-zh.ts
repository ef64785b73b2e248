import { bookOf } from '../ui/words.ts';
import type { WordTree } from '../ui/words.ts';
import figures from '../ui/figures/zh.yaml';
import papers from '../ui/papers/zh.yaml';
import ui from '../ui/zh.yaml';
import office from './zh.yaml';

export default { ...bookOf(import.meta.glob<WordTree>(['../../domain/**/zh.yaml', '../../platform/zh.yaml'], { eager: true, import: 'default', query: '?staff' })), ui, figures, papers, office };
