import { render } from 'preact';
import css from './CopyByHand.module.css';
import { Dialog } from './parts/Dialog.tsx';

/** Where the browser refuses the clipboard, the text is shown, selected, to be copied by hand. */
export function showToCopy(text: string): void {
  const host = document.body.appendChild(document.createElement('div'));
  const close = () => {
    render(null, host);
    host.remove();
  };
  render(
    <Dialog title="Copy it from here" onClose={close}>
      <p class={css.note}>This browser did not let the page copy. The text is selected already.</p>
      <textarea
        class={css.text}
        aria-label="Text to copy"
        readOnly
        rows={6}
        value={text}
        autofocus
        onFocus={(event) => event.currentTarget.select()}
      />
    </Dialog>,
    host,
  );
}
