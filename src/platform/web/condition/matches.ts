/** Every word that is typed stands somewhere in what a choice is found by. A heading is found by nothing of its own. */
export function matches(typed: string, option: { search?: string } | undefined): boolean {
  const search = option?.search
  if (search === undefined) return false
  return typed
    .trim()
    .toLowerCase()
    .split(/\s+/)
    .every((word) => search.includes(word))
}
