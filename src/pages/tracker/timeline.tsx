import { scaleTime } from 'd3-scale';
import type { Overview } from './overview.js';
import { isOwnLook, isStep } from './sentences.js';
import type { Titles } from './titles.js';

type Lane = Readonly<{ title: string; moments: readonly number[] }>;

const WIDTH = 720;
const LABEL_HEIGHT = 20;
const LANE_HEIGHT = 44;
const MARGIN = 14;
const AXIS_HEIGHT = 28;
const TICKS = 4;

/** When who had data: one lane for each register and one for the log. A picture of what stands below as text. */
export function Timeline({ overview, titles, label }: Readonly<{ overview: Overview; titles: Titles; label: string }>) {
  const lanes = lanesOf(overview, titles);
  const moments = lanes.flatMap((it) => it.moments);
  if (moments.length === 0) return null;
  const [first, last] = [Math.min(...moments), Math.max(...moments)];
  const x = scaleTime([first, Math.max(last, first + 60_000)], [MARGIN, WIDTH - MARGIN]);
  const height = lanes.length * LANE_HEIGHT + AXIS_HEIGHT;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard (WCAG 2.1.1)
    <section class="kern-table-responsive" tabIndex={0} aria-label={label}>
      <svg class="timeline" viewBox={`0 0 ${WIDTH} ${height}`} role="img" aria-label={label}>
        {lanes.map(({ title, moments: own }, row) => {
          const y = row * LANE_HEIGHT + LABEL_HEIGHT;
          return (
            <g key={title}>
              <text x={MARGIN} y={y - 4}>
                {title}
              </text>
              <line x1={MARGIN} x2={WIDTH - MARGIN} y1={y + 8} y2={y + 8} />
              {[...new Set(own.map((at) => Math.round(x(at))))].map((at) => (
                <circle key={at} cx={at} cy={y + 8} r={5} />
              ))}
            </g>
          );
        })}
        {x.ticks(TICKS).map((tick) => (
          <text key={tick.getTime()} x={x(tick)} y={height - 6} text-anchor="middle">
            {tickText(tick, titles)}
          </text>
        ))}
      </svg>
    </section>
  );
}

function lanesOf({ log, registers }: Overview, titles: Titles): readonly Lane[] {
  const ours = log.entries.filter((it) => !isStep(it)).map(({ log_time }) => Date.parse(log_time));
  const theirs = registers.map(({ register, entries }) => ({
    title: titles.register(register),
    moments: entries.filter((it) => !isOwnLook(it)).map(({ log_time }) => Date.parse(log_time)),
  }));
  return [{ title: titles.participant('node'), moments: ours }, ...theirs].filter(({ moments }) => moments.length > 0);
}

function tickText(at: Date, { language }: Titles): string {
  return new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : 'de-DE', {
    ...({ day: '2-digit', month: '2-digit', hour: '2-digit', minute: '2-digit' } as const),
    timeZone: 'Europe/Berlin',
  }).format(at);
}
