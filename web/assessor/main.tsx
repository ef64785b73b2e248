/** The assessor's portal: one hand, bad network, nothing lost. Chinese at once, English when asked for. */
import { createRoot } from 'react-dom/client';
import '../ui/base.css';
import '../light/light.css';
import './assessor.css';
import { HouseAround } from '../light/house.tsx';
import { paint } from '../ui/preferences.ts';
import { startWords } from '../ui/words.ts';
import { Portal } from './portal.tsx';
import { keepPortal } from './update.ts';
import zh from './words-zh.ts';

paint();
await startWords(zh, () => import('./words-en.ts'));
createRoot(document.getElementById('root')!).render(
  <HouseAround>
    <Portal />
  </HouseAround>,
);
// Without it the portal works with network only; the list then does not say that it opens without.
void keepPortal().catch((error: unknown) => console.warn('the portal is not kept for use without network:', error));
