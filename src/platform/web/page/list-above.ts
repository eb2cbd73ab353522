/**
 * Where one goes on from an address that leads nowhere: the nearest page above it that names nothing by itself. From
 * `/campaigns/1/edit` that is `/campaigns`.
 * @param isPage whether something stands at exactly this path
 */
export function listAbove(path: string, isPage: (path: string) => boolean): string {
  const parts = path.split('/').filter(Boolean)
  for (let count = parts.length - 1; count > 0; count--) {
    const above = `/${parts.slice(0, count).join('/')}`
    if (isPage(above)) return above
  }
  return '/'
}
