import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { SpeechProvider } from './texts.tsx';
import './style.css';

const queries = new QueryClient({
  defaultOptions: { queries: { retry: 1 }, mutations: { retry: false } },
});

const root = document.getElementById('desk');
if (root) {
  createRoot(root).render(
    <QueryClientProvider client={queries}>
      <SpeechProvider>
        <App />
      </SpeechProvider>
    </QueryClientProvider>,
  );
}
