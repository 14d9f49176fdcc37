/** A text of the catalogue as it is signed: word for word, and nothing else in its element. */
export function SignedText({ children }: Readonly<{ children: string }>) {
  return (
    <p class="kern-body signed-text" data-signed>
      {children}
    </p>
  );
}
