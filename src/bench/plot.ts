/**
 * Charts as data: what they show, and each value in words besides, so that a table can say the same. Who draws them
 * decides on colours and sizes; who makes them decides on digits.
 */
export type Plot = LinesPlot | BarsPlot | TimelinePlot | HistogramPlot;

export interface Axis {
  /** What it counts, e.g. `KV depth`. */
  label: string;
  /** e.g. `tok/s`. */
  unit: string;
}

/** A value with its 95 % interval, where it has one, and as words with its unit. */
export interface Value {
  value: number;
  low: number | null;
  high: number | null;
  text: string;
}

export interface Point extends Value {
  x: number;
  /** It is worth a second look. */
  isMarked: boolean;
}

export interface Line {
  name: string;
  /** In ascending order of `x`. */
  points: Point[];
}

/** Values over an amount, or over an order where `names` says what each whole `x` stands for. */
export interface LinesPlot {
  kind: 'lines';
  x: Axis;
  y: Axis;
  lines: Line[];
  names: string[] | null;
}

export interface Bar extends Value {
  name: string;
}

/** Values side by side. */
export interface BarsPlot {
  kind: 'bars';
  y: Axis;
  bars: Bar[];
}

/** The time before each token of one run, from the second token on. */
export interface TimelinePlot {
  kind: 'timeline';
  gapsMs: number[];
  medianMs: number;
  /** Indexes of the gaps that stand out. */
  marked: number[];
}

/** How many values lie between one edge and the next. */
export interface HistogramPlot {
  kind: 'histogram';
  x: Axis;
  /** One more than there are counts, ascending. */
  edges: number[];
  counts: number[];
}
