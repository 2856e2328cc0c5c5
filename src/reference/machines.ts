/** A class of hardware that people run open-weight models on. */
export interface Machine {
  id: string;
  name: string;
  /** GPU memory, or memory that the GPU shares, in bytes as they are sold: 24 GB are 24 x 2^30. */
  memoryBytes: number;
  /** What of it a model may have, 0..1. */
  usableShare: number;
  /** Memory bandwidth as its maker tells it, in bytes per second; null for a class of many. */
  bytesPerS: number | null;
  /** Where Ollama and llama.cpp run as usual. Phones run this page only. */
  hasTerminal: boolean;
  /** What a reader should know of this row; null for nothing. */
  note: string | null;
}

const GIB = 2 ** 30;

/** A graphics card keeps some for the screen and the driver. */
const CARD_SHARE = 0.92;
/**
 * macOS gives the GPU about three quarters of a large machine's memory unless told otherwise: Metal's
 * `recommendedMaxWorkingSetSize`, which llama.cpp prints when it starts.
 */
const MAC_SHARE = 0.75;
/** Phones end a tab that takes more, and most of them earlier. A guess on the generous side. */
const PHONE_SHARE = 0.4;

/**
 * The machines, the smallest first. To add one: a row here with a new `id`, memory and bandwidth from its maker's data
 * sheet, and `null` for what the maker does not tell. `machines.test.ts` checks that nothing is missing.
 */
export const MACHINES: readonly Machine[] = [
  {
    id: 'phone',
    name: 'Phone, 8 GB',
    memoryBytes: 8 * GIB,
    usableShare: PHONE_SHARE,
    bytesPerS: null,
    hasTerminal: false,
    note: 'Phones share their memory with everything else and end a tab that takes too much, so treat this as the most that may work.',
  },
  {
    id: 'card-8',
    name: 'Card, 8 GB',
    memoryBytes: 8 * GIB,
    usableShare: CARD_SHARE,
    bytesPerS: null,
    hasTerminal: true,
    note: null,
  },
  {
    id: 'card-16',
    name: 'Card, 16 GB',
    memoryBytes: 16 * GIB,
    usableShare: CARD_SHARE,
    bytesPerS: null,
    hasTerminal: true,
    note: null,
  },
  {
    id: 'rtx-4090',
    name: 'RTX 4090',
    memoryBytes: 24 * GIB,
    usableShare: CARD_SHARE,
    bytesPerS: 1008e9,
    hasTerminal: true,
    note: null,
  },
  {
    id: 'rtx-5090',
    name: 'RTX 5090',
    memoryBytes: 32 * GIB,
    usableShare: CARD_SHARE,
    bytesPerS: 1792e9,
    hasTerminal: true,
    note: null,
  },
  {
    id: 'm4-max',
    name: 'M4 Max, 128 GB',
    memoryBytes: 128 * GIB,
    usableShare: MAC_SHARE,
    bytesPerS: 546e9,
    hasTerminal: true,
    note: null,
  },
  {
    id: 'm3-ultra',
    name: 'M3 Ultra, 512 GB',
    memoryBytes: 512 * GIB,
    usableShare: MAC_SHARE,
    bytesPerS: 819e9,
    hasTerminal: true,
    note: 'The article speaks of an M4 Ultra. Apple sells the M3 Ultra instead, and has said that not every generation gets an Ultra.',
  },
];

/** The machine of an id, or null. */
export function machineOf(id: string | null): Machine | null {
  return MACHINES.find((machine) => machine.id === id) ?? null;
}

export function usableBytes({ memoryBytes, usableShare }: Machine): number {
  return memoryBytes * usableShare;
}
