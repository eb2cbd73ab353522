import type { Place } from '../contract/words.ts'

/** The page on which the work of a task is done, opened at it. */
export function placeAddress(place: Place): string {
  switch (place.kind) {
    case 'visit':
      return `/follow-ups?visit=${place.id}`
    case 'interpretation':
      return `/interpretations?order=${place.id}`
    case 'diagnosis':
      return `/patients/${place.id}?tab=overview&entry=condition`
  }
}

/** Whether the task is done by filling in the form, so that closing it by hand would leave the follow-up waiting. */
export function isDoneByForm(task: { type: string; place: Place | null }): boolean {
  return task.type === 'follow-up' && task.place?.kind === 'visit'
}
