/** What keeps a form from being taken: read out at once, and where whoever has a keyboard goes on from. */
export function Alert({ children }: Readonly<{ children: string }>) {
  return (
    <div class="kern-alert kern-alert--danger" role="alert" tabIndex={-1} autofocus>
      <div class="kern-alert__header">
        <span class="kern-icon kern-icon--danger" aria-hidden="true" />
        <span class="kern-title">{children}</span>
      </div>
    </div>
  );
}
