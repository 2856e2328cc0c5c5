// oxlint-disable import/no-unassigned-import -- style sheets and the policy for script URLs take effect by being there
import './trust.ts';
import './ui/tokens.css';
import './ui/base.css';
import { effect } from '@preact/signals';
import { render } from 'preact';
import { readAsked } from './state/asked.ts';
import { restoreConversation } from './state/conversation.ts';
import { takeCrash } from './state/crash.ts';
import { noteStray } from './state/faults.ts';
import { lookAtGpu } from './state/gpu.ts';
import { takeHanded } from './state/handed.ts';
import { bench, benchFailure } from './state/measuring.ts';
import { restoreAdded } from './state/models.ts';
import { followNetwork } from './state/network.ts';
import { notify, settle } from './state/notices.ts';
import { resumeRemovals } from './state/removal.ts';
import { followAddress } from './state/route.ts';
import { failure, session } from './state/session.ts';
import { restoreSettings, showEarlyTheme } from './state/settings.ts';
import { shareGpu } from './state/sharing.ts';
import { refreshStored } from './state/stored.ts';
import { App } from './ui/App.tsx';

/** Boot: what the last visit left, the address, the sinks for what nobody caught, and the page. */
function boot(): void {
  showEarlyTheme();
  catchStrays();
  takeHanded();
  followAddress();
  followNetwork();
  mirrorState();
  shareGpu();
  const root = document.querySelector('#app');
  if (root) render(<App />, root);
  void restore();
  requestAnimationFrame(() => setTimeout(() => void goOffline()));
}

/** Nothing of this holds up the first paint. */
async function restore(): Promise<void> {
  const looked = lookAtGpu();
  await Promise.all([restoreSettings(), restoreConversation(), restoreAdded()]);
  readAsked(location.search);
  await refreshStored();
  await resumeRemovals();
  await looked;
  const crash = await takeCrash();
  if (crash) (await import('./state/aftermath.ts')).tellCrash(crash);
}

/** What people see and what automation reads are the same words. */
function mirrorState(): void {
  const { dataset } = document.documentElement;
  effect(() => {
    dataset['session'] = session.value;
    dataset['bench'] = bench.value;
    const code = failure.value?.code ?? benchFailure.value?.code;
    if (code) dataset['code'] = code;
    else delete dataset['code'];
  });
  addEventListener('pagehide', settle);
}

/** An error that nobody caught is a mistake of ours: it is said once, calmly, and left on the console for a report. */
function catchStrays(): void {
  addEventListener('error', tellStray);
  addEventListener('unhandledrejection', tellStray);
}

function tellStray(event: ErrorEvent | PromiseRejectionEvent): void {
  noteStray('reason' in event ? event.reason : event.error);
  notify('Something on this page went wrong. If it does not go on, reload it.', { stayMs: null });
}

async function goOffline(): Promise<void> {
  const { followUpdates } = await import('./state/update.ts');
  await followUpdates();
}

boot();
