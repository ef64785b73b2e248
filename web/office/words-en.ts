import { bookOf } from '../ui/words.ts';
import type { WordTree } from '../ui/words.ts';
import figures from '../ui/figures/en.yaml';
import papers from '../ui/papers/en.yaml';
import ui from '../ui/en.yaml';
import office from './en.yaml';

export default { ...bookOf(import.meta.glob<WordTree>(['../../domain/**/en.yaml', '../../platform/en.yaml'], { eager: true, import: 'default', query: '?staff' })), ui, figures, papers, office };
