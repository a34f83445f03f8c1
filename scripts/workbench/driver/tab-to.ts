/** A webview without a mouse. */
import type { Frame, Page } from 'playwright-core';

/** Longest way by Tab through one page. */
const most = 200;

/** Goes on by Tab until the element with the focus in a webview is read out by a name. Fails with what it passed. */
export async function tabTo(page: Page, frame: Frame, name: string): Promise<void> {
  const passed: string[] = [];
  while (passed.length < most) {
    await page.keyboard.press('Tab');
    const here = await frame.evaluate(nameOfFocus);
    if (here === name) return;
    passed.push(here);
  }
  throw new Error(`Tab does not lead to ${name}, but to: ${passed.join(' | ')}`);
}

/** Runs in the page: the label of what has the focus; a list's options are not its name. */
function nameOfFocus(): string {
  const focused = document.activeElement;
  if (!focused || focused === document.body) return '';
  const label = focused.closest('label');
  const words = label
    ? [...label.childNodes]
        .filter((node) => node.nodeType === 3)
        .map((node) => node.textContent)
        .join('')
    : focused.textContent;
  return (focused.getAttribute('aria-label') ?? words ?? '').trim();
}
