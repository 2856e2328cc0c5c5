/** Where something was published. */
export interface Source {
  title: string;
  /** Who published it; null where that is not known. */
  publisher: string | null;
  /** Month, as `2026-03`. */
  date: string;
  /** Only an address that somebody has opened; null otherwise. */
  url: string | null;
}

/** The article whose figures and models this table started with. */
export const SHOWDOWN: Source = {
  title: "Open-Weight LLM Showdown: RTX 5090 Finally Delivers, But You Can't Buy One",
  publisher: null,
  date: '2026-03',
  url: null,
};
