import type { ComponentType } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { notify } from '../state/notices.ts';
import { dialogOpen, Notices } from './Notices.tsx';
import { Button } from './parts/Button.tsx';
import { Later } from './parts/Later.tsx';
import css from './SettingsPanel.module.css';

const loadForm = () => import('./SettingsForm.tsx').then(({ SettingsForm }) => SettingsForm);

/** The settings and the button that opens them. Every change counts at once, so there is nothing to confirm. */
export function SettingsPanel() {
  const dialog = useRef<HTMLDialogElement>(null);
  const [asked, setAsked] = useState(false);
  const close = () => dialog.current?.close();
  const show = () => {
    dialog.current?.showModal();
    dialogOpen.value = true;
    setAsked(true);
  };
  return (
    <>
      <button type="button" class={css.open} aria-haspopup="dialog" onClick={show}>
        Settings
      </button>
      <dialog
        ref={dialog}
        class={css.panel}
        aria-labelledby="settings-title"
        closedby="any"
        onClose={() => (dialogOpen.value = false)}
      >
        <div class={css.top}>
          <h2 id="settings-title">Settings</h2>
          <Button onClick={close}>Done</Button>
        </div>
        {asked && <Later load={loadForm} give={{}} />}
        <BugReport />
        <Notices inDialog />
      </dialog>
    </>
  );
}

/** The report is fetched and put together when it is asked for. */
function BugReport() {
  const [Report, setReport] = useState<ComponentType | null>(null);
  const show = async () => {
    const { Diagnostics } = await import('./Diagnostics.tsx');
    setReport(() => Diagnostics);
  };
  return (
    <section class={css.bugs} aria-labelledby="bugs-title">
      <h3 id="bugs-title">Something wrong?</h3>
      {Report ? (
        <Report />
      ) : (
        <div>
          <Button onClick={() => void show().catch(tellNotFetched)}>Prepare a bug report</Button>
        </div>
      )}
    </section>
  );
}

function tellNotFetched(): void {
  notify('The report could not be fetched. Check the connection, then try again.');
}
