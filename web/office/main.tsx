/** The office: desks of agency, assessor, institution and bureau. */
import { createRoot } from 'react-dom/client';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { App } from 'antd';
import '../ui/base.css';
import '../ui/staff.css';
import { paint } from '../ui/preferences.ts';
import { queryClient } from '../ui/query.ts';
import { Look } from '../ui/theme.tsx';
import { startWords } from '../ui/words.ts';
import { officeRouter } from './routes.tsx';
import chinese from './words-zh.ts';

async function start(): Promise<void> {
  paint();
  await startWords(chinese, () => import('./words-en.ts'));
  const client = queryClient();
  const router = officeRouter();
  createRoot(document.getElementById('root')!).render(
    <QueryClientProvider client={client}>
      <Look>
        <App message={{ top: 56 }}>
          <RouterProvider router={router} />
        </App>
      </Look>
    </QueryClientProvider>,
  );
}

void start();
