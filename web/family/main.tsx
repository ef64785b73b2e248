/** The family page: phone first, own persons only. Chinese at once, English when asked for. */
import { createRoot } from 'react-dom/client';
import '../ui/base.css';
import '../light/light.css';
import './family.css';
import { HouseAround } from '../light/house.tsx';
import { paint } from '../ui/preferences.ts';
import { startWords } from '../ui/words.ts';
import { Family } from './family.tsx';
import zh from './words-zh.ts';

paint();
await startWords(zh, () => import('./words-en.ts'));
createRoot(document.getElementById('root')!).render(
  <HouseAround>
    <Family />
  </HouseAround>,
);
