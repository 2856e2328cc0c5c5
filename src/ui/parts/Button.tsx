import type { ComponentChildren } from 'preact';
import css from './Button.module.css';

interface Props {
  children: ComponentChildren;
  onClick?: () => void;
  /** The pointer or the focus is on it: a click seems near. */
  onIntent?: () => void;
  look?: 'primary' | 'plain' | 'quiet';
  large?: boolean;
  type?: 'button' | 'submit';
  disabled?: boolean;
  /** Accessible name, when the visible words are not enough out of context. */
  name?: string;
  describedBy?: string;
}

export function Button({ children, onClick, onIntent, look = 'plain', large, type, ...rest }: Props) {
  const looks = [css.button, look === 'plain' ? '' : css[look], large ? css.large : ''];
  return (
    <button
      type={type ?? 'button'}
      class={looks.filter(Boolean).join(' ')}
      onClick={onClick}
      onPointerEnter={onIntent}
      onPointerDown={onIntent}
      onFocus={onIntent}
      disabled={rest.disabled}
      aria-label={rest.name}
      aria-describedby={rest.describedBy}
    >
      {children}
    </button>
  );
}
