export const at = (minute: number): string =>
  `2026-11-18T09:${String(minute).padStart(2, '0')}:00Z`;
export const ada = 'Ada <ada@example.org>';
export const cy = 'Cy <cy@example.org>';

export const comment = { type: 'comment', body: 'Who?', by: cy, at: at(0) } as const;
export const reply = { type: 'reply', body: 'I do.', at: at(1) } as const;
