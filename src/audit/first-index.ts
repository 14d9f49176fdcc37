/**
 * SQL, behind `with recursive`, for a table `found (name, moment, first)`: of each `name` and `moment` in a list the first index from
 * which on everything was logged at or after the moment. The time never falls from one index to the next: found by halving,
 * without an index that appends would pay for; erased records leave gaps, which the next one that is there speaks for.
 */
export function firstIndices(list: string): string {
  return `halving as (
      select list.name, list.moment, 0::bigint as low, (select size from log.head) as high from (${list}) as list
      union all
      select h.name, h.moment, case when next.log_time < h.moment then next.index + 1 else h.low end,
        case when next.log_time < h.moment then h.high else (h.low + h.high) / 2 end
      from halving h
      left join lateral (
        select r.index, r.log_time from log.record r where r.index >= (h.low + h.high) / 2 order by r.index limit 1
      ) as next on true
      where h.low < h.high
    ), found as (select name, moment, low as first from halving where low >= high)`;
}

/** The same as one value, for one moment, of which `parameter` gives the milliseconds since 1970. */
export function firstIndexAt(parameter: string): string {
  const one = `select null::text as name, to_timestamp(${parameter} / 1000.0) as moment`;
  return `(with recursive ${firstIndices(one)} select first from found)`;
}
