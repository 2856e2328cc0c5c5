import type { RooflineView } from '../state/report.ts';
import { Figure } from './parts/Figure.tsx';
import css from './Report.module.css';

/** How near decoding comes to what the memory of the GPU allows. */
export function Roofline({ roofline: { text, uses } }: { roofline: RooflineView }) {
  return (
    <section class={css.roofline} aria-labelledby="roofline-title">
      <h3 id="roofline-title">How good is that?</h3>
      <p>{text}</p>
      {uses.length > 0 && (
        <table class={css.runs}>
          <caption>Share of the memory bandwidth that decoding uses</caption>
          <tbody>
            {uses.map(({ name, share, percent, used }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>
                  <span class={css.bar} style={{ transform: `scaleX(${share})` }} /> {used}
                </td>
                <td class={css.value}>
                  <Figure value={percent} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
