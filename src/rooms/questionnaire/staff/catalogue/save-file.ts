/** Hands text to the browser to keep as a file; nothing leaves this page. */
export function saveFile(name: string, type: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type }))
  Object.assign(document.createElement('a'), { href: address, download: name }).click()
  // The browser has taken the content over once the click was handled.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
