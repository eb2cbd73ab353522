import { useAction, useSay, useT } from '../../../platform/web/index.ts'
import { draftGrowthContent } from '../contract/growth.ts'
import { CONTENT_CHANGED } from './changed.ts'

/** Keeps a draft of the programme or of the signs, says so, and closes the form. */
export function useKeepDraft(onClose: () => void) {
  const t = useT('growth')
  const say = useSay()
  const draft = useAction(draftGrowthContent, {
    invalidates: CONTENT_CHANGED,
    onDone: () => (say.done(t('content.saved')), onClose()),
  })
  return draft.mutateAsync
}
