const WORDS_MAX = 300

/** What a server said, fit to be shown and kept: no address, no number that could be a phone or a mark of ours, one line. */
export function redacted(text: string): string {
  return text
    .replace(/[^\s<>;,"'()[\]]+@[^\s<>;,"'()[\]]+/g, '…@…')
    .replace(/https?:\/\/\S+/gi, '…')
    .replace(/[A-Za-z0-9_-]{20,}/g, '…')
    .replace(/\d[\d -]{6,}\d/g, '…')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, WORDS_MAX)
}
