/**
 * SQL for the first index from which on everything was logged at or after a moment, of which `parameter` gives the
 * milliseconds since 1970. The time never falls from one index to the next: found by halving, without an index that
 * appends would pay for; erased records leave gaps, which the next one that is there speaks for.
 */
export function firstIndexAt(parameter: string): string {
  return `(with recursive search (low, high) as (
      select 0::bigint, h.size from log.head h
      union all
      select case when next.is_before then next.index + 1 else s.low end,
             case when next.is_before then s.high else (s.low + s.high) / 2 end
      from search s left join lateral (
        select r.index, r.log_time < to_timestamp(${parameter} / 1000.0) as is_before
        from log.record r where r.index >= (s.low + s.high) / 2 order by r.index limit 1
      ) next on true
      where s.low < s.high
    ) select low from search where low = high)`;
}
