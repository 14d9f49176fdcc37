/** Terms and what they are, in the form of KERN: beside each other where there is room. */
export function Facts({ rows }: Readonly<{ rows: readonly (readonly [term: string, value: string])[] }>) {
  return (
    <dl class="kern-description-list">
      {rows.map(([term, value]) => (
        <div class="kern-description-list-item" key={term}>
          <dt class="kern-description-list-item__key">{term}</dt>
          <dd class="kern-description-list-item__value">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
