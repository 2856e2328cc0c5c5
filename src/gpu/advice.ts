/** The browser and system that a page runs in, as far as its user agent says and as advice needs. */
export interface Platform {
  browser: 'chromium' | 'firefox' | 'safari' | 'other';
  system: 'windows' | 'mac' | 'linux' | 'android' | 'ios' | 'chromeos' | 'other';
}

/** iPads call themselves Macs; `touch` (more than one touch point) tells them apart. */
export function platformOf(userAgent: string, touch: boolean): Platform {
  return { browser: browserOf(userAgent), system: systemOf(userAgent, touch) };
}

function browserOf(userAgent: string): Platform['browser'] {
  if (/Firefox\/|FxiOS/.test(userAgent)) return 'firefox';
  if (/Chrom(?:e|ium)\/|CriOS|Edg/.test(userAgent)) return 'chromium';
  return /Safari\//.test(userAgent) ? 'safari' : 'other';
}

function systemOf(userAgent: string, touch: boolean): Platform['system'] {
  if (/iPhone|iPad|iPod/.test(userAgent) || (/Macintosh/.test(userAgent) && touch)) return 'ios';
  if (/Android/.test(userAgent)) return 'android';
  if (/CrOS/.test(userAgent)) return 'chromeos';
  if (/Windows/.test(userAgent)) return 'windows';
  if (/Macintosh/.test(userAgent)) return 'mac';
  return /Linux|X11/.test(userAgent) ? 'linux' : 'other';
}

/**
 * Which browsers have WebGPU, by system.
 * https://github.com/gpuweb/gpuweb/wiki/Implementation-Status, November 2026.
 */
const WITH_WEBGPU: Record<Platform['system'], string> = {
  windows: 'Use Chrome or Edge 113 or later, or Firefox 141 or later.',
  mac: 'Use Chrome or Edge 113 or later, or Safari 26 on macOS 26; on Apple chips Firefox 147 or later works too.',
  linux:
    'Use Chrome or Edge: from version 144 with Intel graphics (12th generation on), from 147 with NVIDIA.',
  android: 'Use Chrome 121 or later on Android 12 or later.',
  ios: 'Update to iOS or iPadOS 26; every browser there has WebGPU then.',
  chromeos: 'Update ChromeOS; its browser has had WebGPU since version 113.',
  other: 'Use a current Chrome, Edge or Safari on a computer.',
};

/** What would work where this browser has no WebGPU. */
export function adviseBrowser({ browser, system }: Platform, secure: boolean): string {
  if (!secure)
    return 'Open this page over https, or from localhost: browsers offer WebGPU to secure pages only.';
  if (browser === 'firefox' && (system === 'linux' || system === 'android')) {
    return `Firefox has no WebGPU on this system yet. ${WITH_WEBGPU[system]}`;
  }
  return WITH_WEBGPU[system];
}

/** What to try where the browser has WebGPU but finds no GPU for it. */
export function adviseAdapter({ browser, system }: Platform): string {
  const restart =
    'If it worked before, restart the browser: after several GPU crashes it refuses until then.';
  if (browser === 'chromium' && system === 'linux') {
    return `Update the graphics driver, and enable Vulkan and "Unsafe WebGPU Support" in chrome://flags. ${restart}`;
  }
  if (browser === 'chromium') {
    return `Turn on graphics acceleration in the browser's system settings, and update the graphics driver. ${restart}`;
  }
  return `Update the system and the graphics driver, or try Chrome or Edge. ${restart}`;
}

/** What to try where the GPU lacks 16-bit floats. */
export function adviseF16({ browser }: Platform): string {
  const chosen = 'The 32-bit variants of the models are chosen by themselves.';
  return browser === 'firefox'
    ? `${chosen} Chrome, Edge and Safari can use 16-bit ones on many GPUs.`
    : chosen;
}
