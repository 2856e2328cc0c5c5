import { useEffect } from 'preact/hooks';
import { addressOf, route, type Route } from '../state/route.ts';
import css from './App.module.css';
import { Models } from './Models.tsx';
import { Notices } from './Notices.tsx';
import { Lazy } from './parts/Lazy.tsx';
import { Mark } from './parts/Mark.tsx';
import { SettingsPanel } from './SettingsPanel.tsx';

const TITLES: Record<Route['page'], string> = {
  models: 'Runs Here: a language model on your own GPU',
  storage: 'On this device · Runs Here',
  play: 'Playground · Runs Here',
  measure: 'Results · Runs Here',
  showdown: 'Showdown · Runs Here',
  shared: 'Shared result · Runs Here',
};

const PAGES: { page: Exclude<Route['page'], 'shared' | 'storage' | 'showdown'>; label: string }[] = [
  { page: 'models', label: 'Models' },
  { page: 'play', label: 'Playground' },
  { page: 'measure', label: 'Results' },
];

/** The first page does without these; reading results alone needs most of the bench. */
const loadPlayground = () => import('./Playground.tsx').then(({ Playground }) => Playground);
const loadBenchmark = () => import('./Benchmark.tsx').then(({ Benchmark }) => Benchmark);
const loadStorage = () => import('./Storage.tsx').then(({ Storage }) => Storage);
const loadShowdown = () => import('./Showdown.tsx').then(({ Showdown }) => Showdown);
const loadShared = () => import('./Shared.tsx').then(({ Shared }) => Shared);

export function App() {
  return (
    <>
      <a class={css.skip} href="#main" onClick={skip}>
        Skip to the content
      </a>
      <div class={css.page}>
        <Header />
        <main class={css.main} data-page={route.value.page} id="main" tabIndex={-1}>
          <Page />
        </main>
        {route.value.page !== 'play' && <Footer />}
      </div>
      <Notices />
    </>
  );
}

/** The address bar holds the route, so the link must not change it. */
function skip(event: Event): void {
  event.preventDefault();
  document.querySelector<HTMLElement>('#main')?.focus();
}

function Page() {
  const { page } = route.value;
  useEffect(() => arrive(page), [page]);
  if (page === 'play') return <Lazy key="play" title="Playground" load={loadPlayground} />;
  if (page === 'measure') return <Lazy key="measure" title="Results" load={loadBenchmark} />;
  if (page === 'storage') return <Lazy key="storage" title="On this device" load={loadStorage} />;
  if (page === 'showdown') return <Lazy key="showdown" title="Showdown" load={loadShowdown} />;
  if (page === 'shared') return <Lazy key="shared" title="Shared result" load={loadShared} />;
  return <Models />;
}

/** On a change of page: its title, its top, and the focus on its heading. The first page keeps the focus as it is. */
function arrive(page: Route['page']): void {
  document.title = TITLES[page];
  if (arrivedAt !== null && arrivedAt !== page) showTop();
  arrivedAt = page;
}

let arrivedAt: Route['page'] | null = null;

function showTop(): void {
  scrollTo(0, 0);
  document.querySelector<HTMLElement>('#main h1')?.focus({ preventScroll: true });
}

/** The storage page is a part of Models, the showdown one of Results. */
function currency(page: Route['page']): 'page' | 'true' | undefined {
  const current = route.value.page;
  if (page === current) return 'page';
  if (page === 'models' && current === 'storage') return 'true';
  return page === 'measure' && current === 'showdown' ? 'true' : undefined;
}

function Header() {
  return (
    <header class={css.header}>
      <a class={css.wordmark} href="#/">
        <Mark />
        Runs Here
      </a>
      <nav class={css.nav} aria-label="Pages">
        {PAGES.map(({ page, label }) => (
          <a
            key={page}
            href={addressOf(page === 'measure' ? { page, result: null } : { page })}
            aria-current={currency(page)}
          >
            {label}
          </a>
        ))}
        <SettingsPanel />
      </nav>
    </header>
  );
}

function Footer() {
  return (
    <footer class={css.footer}>
      <p>
        No server, no account, no tracking. Models are fetched from their own hosts, kept in this browser, and
        run on this device.
      </p>
      <p>
        Version {APP_VERSION}, {APP_COMMIT} · web-llm {ENGINE_VERSION.replace('^', '')} · Apache-2.0
      </p>
    </footer>
  );
}
