import { computed } from '@preact/signals';
import { sentence } from '../bench/format.ts';
import { writePlan } from '../bench/plan.ts';
import type { Result } from '../bench/result.ts';
import { openLink, writeLink, type Opened } from '../share/link.ts';
import { history } from './history.ts';
import { nameOf } from './report.ts';
import { addressOf, route } from './route.ts';

/** The result that the address holds. Opening it only reads: nothing is kept, fetched or set. Null on other pages. */
export const shared = computed<Opened | null>(() =>
  route.value.page === 'shared' ? openLink(route.value.link) : null,
);

/** The address under which anybody can look at a result: this page's, without what it was asked for. */
export function linkOf(result: Result, page = location.href): string {
  const address = new URL(page);
  address.search = '';
  address.hash = writeLink(result, { histogram: true });
  return address.href;
}

/** Whether only this machine reaches the page, so that its links are of no use elsewhere. */
export function isOnlyHere(page: string): boolean {
  const { hostname } = new URL(page);
  return hostname === 'localhost' || hostname === '127.0.0.1';
}

/** What goes with a link when it is handed to another program. */
export function messageOf(result: Result): { title: string; text: string; url: string } {
  return { title: 'Runs Here', text: sentence(result, nameOf(result)), url: linkOf(result) };
}

/** Where the same model can be measured by the same plan here; it asks before anything is fetched. */
export function runHereAddress({ plan, model }: Result): string {
  return addressOf({ page: 'measure', result: null, plan: writePlan(plan), variant: model.variant });
}

/** Between the results of a comparison in its address. */
export const BETWEEN = '~';

/** @param tokens ids of results of this device, or whole results as in links, without their # */
export function addressOfComparison(tokens: string[]): string {
  return addressOf({ page: 'measure', result: null, compare: tokens.join(BETWEEN) });
}

/** Where a shared result stands beside the newest of this device; null where there is none. */
export function compareWithMine(link: string): string | null {
  const mine = history.value[0];
  return mine ? addressOfComparison([mine.id, link.slice(1)]) : null;
}
