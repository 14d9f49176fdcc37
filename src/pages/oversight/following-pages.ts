/** A list of the node page by page, from a first page on. */
export async function* pagesFrom<P extends Readonly<{ next_page_token?: string }>>(
  first: P,
  next: (token: string) => Promise<P>,
): AsyncGenerator<P> {
  let page = first;
  while (true) {
    yield page;
    const { next_page_token: token = '' } = page;
    if (token === '') return;
    page = await next(token);
  }
}
