/** The page's colours and font as a canvas takes them: it knows no custom properties. */
export interface Theme {
  ink: string;
  soft: string;
  rule: string;
  accent: string;
  paper: string;
  /** One for each line, the first being the ink. */
  lines: string[];
  /** CSS px of the smallest text. */
  textPx: number;
  family: string;
}

const LINES = ['--ink', '--line-2', '--line-3', '--line-4', '--line-5', '--line-6'];

export function readTheme(host: HTMLElement): Theme {
  const probe = host.appendChild(document.createElement('span'));
  const read = (name: string) => {
    probe.style.color = `var(${name})`;
    return getComputedStyle(probe).color;
  };
  probe.style.fontSize = '0.75rem';
  const { fontSize, fontFamily: family } = getComputedStyle(probe);
  const theme = {
    ink: read('--ink'),
    soft: read('--soft'),
    rule: read('--rule'),
    accent: read('--accent'),
    paper: read('--paper'),
    lines: LINES.map(read),
    textPx: parseFloat(fontSize),
    family,
  };
  probe.remove();
  return theme;
}

/** Calls back when the page turns light or dark, by the system or by its setting. The answer ends that. */
export function followTheme(changed: () => void): () => void {
  const system = matchMedia('(prefers-color-scheme: dark)');
  const setting = new MutationObserver(changed);
  system.addEventListener('change', changed);
  setting.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  return () => {
    system.removeEventListener('change', changed);
    setting.disconnect();
  };
}
