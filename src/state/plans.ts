import { computed } from '@preact/signals';
import { lasting, ratesOf, timeExpected, timeOf, tooLong } from '../bench/cost.ts';
import {
  MEASURE,
  parsePlan,
  presetPlan,
  PRESETS,
  timesOf,
  writePlan,
  type Case,
  type Plan,
} from '../bench/plan.ts';
import { sweepPlan } from '../bench/sweep.ts';
import { modelOf, type CatalogVariant } from '../engine/catalog.ts';
import type { AdapterFacts, Variant } from '../engine/engine.ts';
import { measureModel } from './benchmark.ts';
import { expectation } from './expected.ts';
import { adapter } from './gpu.ts';
import { history } from './history.ts';
import { rows } from './models.ts';
import { go, route, type MeasureRoute } from './route.ts';
import { loaded, openModel, session, target, type Target } from './session.ts';
import { findStored, refreshStored } from './stored.ts';

/** Plans that the page offers, and what the address asks for: `#/measure?plan=quick&variant=…`. */
export interface Offer {
  /** As it stands in the address. */
  key: string;
  label: string;
  /** What it measures, in words. */
  text: string;
  /** About how long that takes here; null while nothing tells. */
  time: PlanTime | null;
}

const LABELS = { measure: 'Short', quick: 'Quick', standard: 'Standard', thorough: 'Thorough' };

export const offers = computed<Offer[]>(() => {
  const presets = PRESETS.map((key) => offer(key, LABELS[key], presetPlan(key, thinksHere.value)));
  const known = sweep.value ? [...presets, sweep.value] : presets;
  const own = asked.value?.preset === 'custom' && sweep.value?.key !== wish('plan') ? asked.value : null;
  return own ? [...known, offer(wish('plan')!, 'Own plan', own)] : known;
});

/** Decoding at growing depths, as far as the model at hand reaches; null where it reaches nowhere, or there is none. */
const sweep = computed<Offer | null>(() => {
  const plan = atHand.value && sweepPlan(atHand.value.contextTokens);
  return plan && plan.cases.length > 1 ? offer(writePlan(plan), 'Depths', plan) : null;
});

function offer(key: string, label: string, plan: Plan): Offer {
  return { key, label, text: describe(plan), time: timeHere(plan) };
}

/** The variant that would be measured. */
const atHand = computed(() => wanted.value?.target?.variant ?? target.value?.variant ?? null);

/** Of models that the catalogue does not have nobody knows, so their presets do without the cost of thinking. */
export const thinksHere = computed(() => (atHand.value && modelOf(atHand.value.id)?.thinks) ?? false);

const asked = computed(() => {
  const text = wish('plan');
  return text === null ? null : parsePlan(text, thinksHere.value);
});

export const chosenPlan = computed<Plan>(() => asked.value ?? MEASURE);

/** The offer that is chosen. */
export const chosenKey = computed(() => (asked.value ? wish('plan')! : 'measure'));

/** The address asks for a plan that is none. */
export const isPlanBroken = computed(() => wish('plan') !== null && asked.value === null);

function wish(key: 'plan' | 'variant'): string | null {
  return route.value.page === 'measure' ? (route.value[key] ?? null) : null;
}

export function choosePlan(key: string): void {
  if (route.value.page === 'measure') go({ ...route.value, plan: key });
}

/** More names than this are not read; the editor lists them. */
const MOST_NAMED = 6;

function describe(plan: Plan): string {
  const [thoughts, others] = [true, false].map((thinks) =>
    plan.cases.filter(({ kind }) => (kind === 'think') === thinks),
  ) as [Case[], Case[]];
  return [others, thoughts].flatMap((cases) => describeAlike(cases, plan)).join('; ');
}

/** Cases that are run equally often. */
function describeAlike(cases: Case[], plan: Plan): string[] {
  const [first] = cases;
  if (!first) return [];
  const { minRuns, maxRuns } = timesOf(plan, first);
  const shown =
    cases.length > MOST_NAMED
      ? `${cases.length} cases, ${first.name} to ${cases.at(-1)!.name}`
      : cases.map(({ name }) => name).join(', ');
  if (maxRuns === 1) return [`${shown}, one run`];
  const runs = minRuns === maxRuns ? `${minRuns} runs` : `${minRuns} to ${maxRuns} runs`;
  return [`${shown}, ${runs}${cases.length > 1 ? ' each' : ''}`];
}

/** A model that the address asks to measure, as it can be had here. */
export interface Wanted {
  /** Null: this page knows no such model. */
  target: Target | null;
  isStored: boolean;
  /** To download, or as stored; an estimate where its files were not read yet, null where there is none. */
  sizeBytes: number | null;
  /** The id that was asked for. */
  id: string;
  /** Why another variant is taken; null when it is the very one. */
  instead: string | null;
}

/** Null when the address asks for none, or for the one that is on the GPU. */
export const wanted = computed<Wanted | null>(() => {
  const id = wish('variant');
  if (id === null || isOnGpu(id)) return null;
  const row = rows.value.find(
    ({ model }) => model.id === id || model.variants.some((variant) => variant.id === id),
  );
  const exact = row?.model.variants.find((variant) => variant.id === id);
  const variant = exact && canUse(exact, adapter.value) ? exact : row?.variant;
  if (!row || !variant) return { id, target: null, isStored: false, sizeBytes: null, instead: null };
  if (isOnGpu(variant.id)) return null;
  const stored = findStored(variant.id);
  const isStored = stored?.state === 'verified';
  const instead =
    variant.id === id || row.model.id === id
      ? null
      : `This GPU cannot run ${id}, so ${variant.id} is measured. Compare with care.`;
  const sizeBytes = stored?.totalBytes ?? sizeOf(variant);
  return { id, target: { model: row.model, variant }, isStored, sizeBytes, instead };
});

function sizeOf(variant: Variant): number | null {
  return variant.sizeBytes ?? ((variant as Partial<CatalogVariant>).estimatedBytes || null);
}

function isOnGpu(id: string): boolean {
  return session.value !== 'failed' && loaded.value !== null && target.value?.variant.id === id;
}

function canUse({ features }: Variant, facts: AdapterFacts | null): boolean {
  return !facts || features.every((feature) => facts.features.includes(feature));
}

/** Measure the model that is loaded by the plan that is chosen. */
export async function measureChosen(): Promise<void> {
  await measureModel(chosenPlan.value);
}

/** Fetch what is missing, load it and measure it: the visitor has said so. */
export async function openAndMeasure(found: Target): Promise<void> {
  const plan = chosenPlan.value;
  const opened = await openModel(found);
  void refreshStored();
  if (opened) await measureModel(plan);
}

/** The address forgets the model again. */
export function dismissWanted(): void {
  if (route.value.page !== 'measure') return;
  const rest: MeasureRoute = { ...route.value };
  delete rest.variant;
  go(rest);
}

/** About how long a plan takes here, and whether a measurement or only a forecast says so. */
export interface PlanTime {
  text: string;
  isMeasured: boolean;
}

export const chosenTime = computed(() => timeHere(chosenPlan.value));

/** Null while neither a result of the model nor the memory of this GPU tells. */
function timeHere(plan: Plan): PlanTime | null {
  const variant = atHand.value;
  const facts = loaded.value?.adapter ?? adapter.value;
  if (!variant || !facts) return null;
  const { contextTokens } = variant;
  const results = history.value.map(({ result }) => result);
  const rates = ratesOf(results, variant.id, facts);
  if (rates) return { text: lasting(timeOf(plan, rates, contextTokens)), isMeasured: true };
  const speed = expectation.value.speeds.get(variant.id);
  const cost = speed && timeExpected(plan, speed, contextTokens);
  return cost ? { text: lasting(cost), isMeasured: false } : null;
}

/** The chosen plan's cases that the model at hand has no room for. */
export const chosenTooLong = computed(() =>
  atHand.value ? tooLong(chosenPlan.value, atHand.value.contextTokens) : [],
);
