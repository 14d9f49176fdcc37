/** What keeps a form from being taken; read out at once. */
export function Alert({ children }: Readonly<{ children: string }>) {
  return (
    <div class="kern-alert kern-alert--danger" role="alert">
      <div class="kern-alert__header">
        <span class="kern-icon kern-icon--danger" aria-hidden="true" />
        <span class="kern-title">{children}</span>
      </div>
    </div>
  );
}
