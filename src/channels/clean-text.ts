/**
 * Text that is safe to store and to show beside other text: whole characters, no control characters but tab and
 * line feed. Right-to-left marks stay, since they move nothing but their own word; embeddings, overrides and
 * isolates go, since an unclosed one turns round what is printed after it.
 */
export function cleanText(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .replace(/(?![\n\t])\p{Cc}/gu, '')
    .replace(/[\u202a-\u202e\u2066-\u2069]/g, '');
}
