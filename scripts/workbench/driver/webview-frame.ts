/** Webviews are documents in frames of frames; the editor makes them anew whenever it hides and shows them. */
import type { Frame, Page } from 'playwright-core';

/**
 * The frame whose document has a title, once its page has drawn itself (our pages say `aria-busy` until then).
 *
 * @throws Error with the titles that are there, where it does not come within a minute
 */
export async function webviewFrame(page: Page, title: string | RegExp): Promise<Frame> {
  const end = Date.now() + 60_000;
  for (;;) {
    const titles = await Promise.all(
      page
        .frames()
        .filter((frame) => frame.name() === 'active-frame' || frame.name() === 'pending-frame')
        .map(async (frame) => ({ frame, title: await drawnTitle(frame) })),
    );
    const found = titles.find(
      (each) =>
        each.title !== null &&
        (typeof title === 'string' ? each.title === title : title.test(each.title)),
    );
    if (found) return found.frame;
    if (Date.now() > end)
      throw new Error(
        `No webview is titled ${title}; there are: ${titles.flatMap((each) => each.title ?? []).join(' | ')}`,
      );
    await page.waitForTimeout(100);
  }
}

/** Null while a document is busy, or gone. */
function drawnTitle(frame: Frame): Promise<string | null> {
  return frame
    .evaluate(() => (document.querySelector('[aria-busy=true]') ? null : document.title))
    .catch(() => null);
}
