/** Characters that nobody sees and nobody types on purpose: soft hyphens, marks of zero width. */
const unseen = /[\u00ad\u200b-\u200d\u2060\ufeff]/g;

/** A text as people tell texts apart: in one Unicode form (NFC), every white space one blank, without what nobody sees. */
export function normalText(text: string): string {
  return text.normalize('NFC').replace(unseen, '').replace(/\s+/g, ' ');
}

/** A text for comparing words, whatever their case: `normalText`, case folded, so that `STRASSE` and `Straße` are one. */
export function comparableText(text: string): string {
  return normalText(text).toUpperCase().toLowerCase().normalize('NFC').replaceAll('ς', 'σ');
}
