import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { dialogOpen, Notices } from '../Notices.tsx';
import { Button } from './Button.tsx';
import css from './Dialog.module.css';

interface Props {
  title: string;
  onClose: () => void;
  /** At the page's side, for its whole height, instead of in its middle. */
  beside?: boolean;
  children: ComponentChildren;
}

/** Something to look at or to use before going on; the page behind it waits. It is open from when it is there. */
export function Dialog({ title, onClose, beside = false, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
    dialogOpen.value = true;
    return () => {
      dialogOpen.value = false;
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      class={css.dialog}
      data-beside={beside}
      aria-labelledby="dialog-title"
      closedby="any"
      onClose={onClose}
    >
      <div class={css.top}>
        <h2 id="dialog-title">{title}</h2>
        <Button onClick={() => dialog.current?.close()}>Done</Button>
      </div>
      {children}
      <Notices inDialog />
    </dialog>
  );
}
