const KEPT_MS = 60_000;

/** Offer a text as a file, as a link with `download` does. */
export function saveFile(name: string, text: string, page: Document = document): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = page.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), KEPT_MS); // the browser reads it after the click
}
