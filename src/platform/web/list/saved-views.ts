export interface SavedView {
  name: string
  /** What stands behind `?`. */
  search: string
}

/** Adds a view; one of the same name is replaced. At most twenty, the newest first. */
export function addView(views: readonly SavedView[], view: SavedView): SavedView[] {
  return [view, ...views.filter(({ name }) => name !== view.name)].slice(0, 20)
}

export function removeView(views: readonly SavedView[], name: string): SavedView[] {
  return views.filter((view) => view.name !== name)
}

/** Reads what was kept; anything else than a list of views is none. */
export function readViews(kept: string | null): SavedView[] {
  try {
    const views = JSON.parse(kept ?? '[]') as unknown
    return Array.isArray(views) ? views.filter((view) => typeof view?.name === 'string' && typeof view?.search === 'string') : []
  } catch {
    return []
  }
}
