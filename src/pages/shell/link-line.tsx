import type { ComponentChildren } from 'preact';

/** A link on a line of its own, as where a page leads on or back. */
export function LinkLine({ href, children }: Readonly<{ href: string; children: ComponentChildren }>) {
  return (
    <p class="kern-body">
      <a class="kern-link" href={href}>
        {children}
      </a>
    </p>
  );
}
