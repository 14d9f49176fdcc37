import { scaleLinear, scaleTime } from 'd3-scale';
import { linkHorizontal } from 'd3-shape';
import type { Language } from '../../catalogue/catalogue.js';
import type { Point } from './figures.js';
import { OVERSIGHT_TEXTS } from './oversight-texts.js';
import { amount, instant, Table } from './widgets.js';

/** Steps are calendar months (UTC) where they have no one length. */
type Between = Readonly<{ fromMs: number; toMs: number; stepMs: number | undefined }>;

const WIDTH = 360;
const HEIGHT = 110;
const LEFT = 48;
const BOTTOM = 20;
const DAY_MS = 86_400_000;

type BarsProps = Readonly<{
  title: string;
  points: readonly Point[];
  between: Between;
  most: number;
  language: Language;
}>;

/** One series in bars; the values are in a table behind it, for whoever reads no pictures. */
export function Bars({ title, points, between, most, language }: BarsProps) {
  const { fromMs, toMs, stepMs } = between;
  const end = Math.max(toMs, nextStep(fromMs, stepMs));
  // The first step may have begun before the period, and the last one ends after it.
  const x = scaleTime([new Date(fromMs), new Date(end)], [LEFT, WIDTH]).clamp(true);
  const y = scaleLinear([0, Math.max(most, 1)], [HEIGHT - BOTTOM, 8]);
  const bar = ({ atMs, count }: Point) => {
    const left = x(new Date(atMs));
    const width = Math.max(1, x(new Date(nextStep(atMs, stepMs))) - left - 1);
    return `M${round(left)} ${HEIGHT - BOTTOM}V${round(y(count))}h${round(width)}V${HEIGHT - BOTTOM}z`;
  };
  const total = points.reduce((sum, { count }) => sum + count, 0);
  return (
    <figure class="chart">
      <figcaption class="kern-body">
        {title}: {amount(total, language)}
      </figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={`${title}: ${amount(total, language)}`}>
        {y
          .ticks(2)
          .filter(Number.isInteger)
          .map((tick) => (
            <g key={tick} class="chart__axis">
              <line x1={LEFT} x2={WIDTH} y1={y(tick)} y2={y(tick)} />
              <text x={LEFT - 6} y={y(tick) + 4} text-anchor="end">
                {amount(tick, language)}
              </text>
            </g>
          ))}
        {/* One element however many bars there are. */}
        <path class="chart__bar" d={points.map(bar).join('')} />
        <g class="chart__axis">
          <text x={LEFT} y={HEIGHT - 4}>
            {dayOf(fromMs, language)}
          </text>
          <text x={WIDTH} y={HEIGHT - 4} text-anchor="end">
            {dayOf(toMs, language)}
          </text>
        </g>
      </svg>
      <details>
        <summary class="kern-body">{OVERSIGHT_TEXTS[language].data}</summary>
        <Table
          caption={title}
          columns={[OVERSIGHT_TEXTS[language].time, OVERSIGHT_TEXTS[language].count]}
          rows={points.map(({ atMs, count }) => [stepName(atMs, stepMs, language), amount(count, language)])}
          numeric={[1]}
          language={language}
        />
      </details>
    </figure>
  );
}

/** The beginning of the step after this one. */
function nextStep(atMs: number, stepMs: number | undefined): number {
  if (stepMs !== undefined) return atMs + stepMs;
  const at = new Date(atMs);
  return Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1);
}

function stepName(atMs: number, stepMs: number | undefined, language: Language): string {
  if (stepMs !== undefined && stepMs < DAY_MS) return instant(atMs, language);
  // Days and months of the log are those of UTC.
  const format =
    stepMs === undefined ? ({ month: 'long', year: 'numeric' } as const) : ({ dateStyle: 'medium' } as const);
  return new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : 'de-DE', { ...format, timeZone: 'UTC' }).format(atMs);
}

function round(length: number): number {
  return Math.round(length * 10) / 10;
}

type FlowLine = Readonly<{ from: string; to: string; count: number }>;
type Place = Readonly<{ name: string; top: number; height: number; total: number }>;

const FLOWS_WIDTH = 760;
const FLOWS_FROM = 270;
const FLOWS_TO = 490;
const NAME_LENGTH = 38;
const ROW = 22;
const GAP = 8;

/** Who got how much from whom: registers on the left, who asked on the right; as thick as they are many. */
export function Flows({ title, flows }: Readonly<{ title: string; flows: readonly FlowLine[] }>) {
  const total = flows.reduce((sum, { count }) => sum + count, 0);
  const [left, right] = [places(flows, 'from', total), places(flows, 'to', total)];
  const height = Math.max(bottomOf(left), bottomOf(right)) + GAP;
  const link = linkHorizontal();
  const used = new Map<string, number>();
  /** The middle of the next free part of a place. */
  const next = (side: string, { name, top, height: tall, total: all }: Place, count: number) => {
    const begun = used.get(`${side} ${name}`) ?? 0;
    const part = (tall * count) / all;
    used.set(`${side} ${name}`, begun + part);
    return top + begun + part / 2;
  };
  return (
    <svg class="flows" viewBox={`0 0 ${FLOWS_WIDTH} ${height}`} role="img" aria-label={title}>
      {flows.map(({ from, to, count }) => {
        const [source, target] = [left.find(({ name }) => name === from), right.find(({ name }) => name === to)];
        if (source === undefined || target === undefined) return null;
        const ends = {
          source: [FLOWS_FROM, next('from', source, count)],
          target: [FLOWS_TO, next('to', target, count)],
        } as const;
        return (
          <path
            class="flows__line"
            key={`${from} ${to}`}
            d={link({ source: [...ends.source], target: [...ends.target] }) ?? ''}
            stroke-width={Math.max(
              1,
              Math.min((source.height * count) / source.total, (target.height * count) / target.total),
            )}
          />
        );
      })}
      {left.map((place) => (
        <PlaceName key={place.name} place={place} at={FLOWS_FROM - 6} anchor="end" />
      ))}
      {right.map((place) => (
        <PlaceName key={place.name} place={place} at={FLOWS_TO + 6} anchor="start" />
      ))}
    </svg>
  );
}

function PlaceName({ place, at, anchor }: Readonly<{ place: Place; at: number; anchor: 'start' | 'end' }>) {
  return (
    <text class="flows__name" x={at} y={place.top + place.height / 2 + 4} text-anchor={anchor}>
      {place.name.length > NAME_LENGTH ? `${place.name.slice(0, NAME_LENGTH - 1)}…` : place.name}
    </text>
  );
}

function places(flows: readonly FlowLine[], side: 'from' | 'to', all: number): readonly Place[] {
  let top = GAP;
  return [...Map.groupBy(flows, (it) => it[side])].map(([name, own]) => {
    const total = own.reduce((sum, { count }) => sum + count, 0);
    const height = Math.max(ROW, (total / Math.max(all, 1)) * 160);
    const place = { name, top, height, total: Math.max(total, 1) };
    top += height + GAP;
    return place;
  });
}

function bottomOf(list: readonly Place[]): number {
  const last = list.at(-1);
  return last === undefined ? 0 : last.top + last.height;
}

function dayOf(ms: number, language: Language): string {
  return new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : 'de-DE', {
    dateStyle: 'medium',
    timeZone: 'Europe/Berlin',
  }).format(ms);
}
