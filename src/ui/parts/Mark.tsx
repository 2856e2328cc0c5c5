/** The mark: a dial with its needle up. The same drawing as `public/icons/mark.svg`. */
export function Mark({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" fill="none" aria-hidden="true">
      <path
        d="M5.2 24.5a12.5 12.5 0 1 1 21.6 0"
        stroke="currentColor"
        stroke-width="2.5"
        stroke-linecap="round"
      />
      <path d="M16 18.5 22.4 9" stroke="var(--accent)" stroke-width="3" stroke-linecap="round" />
      <circle cx="16" cy="18.5" r="3" fill="var(--accent)" />
    </svg>
  );
}
