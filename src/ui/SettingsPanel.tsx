import { useRef, useState } from 'preact/hooks';
import { dialogOpen, Notices } from './Notices.tsx';
import { Button } from './parts/Button.tsx';
import { Later } from './parts/Later.tsx';
import css from './SettingsPanel.module.css';

const loadSettings = () => import('./SettingsForm.tsx').then(({ Settings }) => Settings);

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
        {asked && <Later load={loadSettings} give={{}} />}
        <Notices inDialog />
      </dialog>
    </>
  );
}
