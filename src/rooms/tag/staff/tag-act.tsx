import { Button } from 'antd'
import { useAction, useSay, useT } from '../../../platform/web/index.ts'
import { listPatientTags, removeManualTag, unsuppressTag, type PatientTag } from '../contract/tag.ts'
import { tagTimeline } from '../contract/timeline.ts'
import { useBilingual } from './words.ts'

export interface TagActProps {
  patientId: string
  tag: PatientTag
  onSuppress: () => void
}

/** The one act that a tag allows: a rule's is set aside or shown again, one by hand is removed. */
export function TagAct({ patientId, tag, onSuppress }: TagActProps) {
  const t = useT('tag')
  const say = useSay()
  const name = useBilingual()(tag.name)
  const params = { patientId: patientId as never, tagCode: tag.code }
  const invalidates = [listPatientTags, tagTimeline]
  const remove = useAction(removeManualTag, { invalidates, onDone: () => say.done(t('remove.done', { name })) })
  const back = useAction(unsuppressTag, { invalidates, onDone: () => say.done(t('suppress.back', { name })) })
  if (tag.source === 'manual')
    return (
      <Button
        size="small"
        loading={remove.isPending}
        onClick={() => remove.mutate({ params }, { onError: say.problem })}
      >
        {t('act.remove')}
      </Button>
    )
  return tag.state === 'suppressed' ? (
    <Button size="small" loading={back.isPending} onClick={() => back.mutate({ params }, { onError: say.problem })}>
      {t('act.unsuppress')}
    </Button>
  ) : (
    <Button size="small" onClick={onSuppress}>
      {t('act.suppress')}
    </Button>
  )
}
