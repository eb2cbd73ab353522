import { Button } from 'antd'
import { Card, InstantText, Row, Stack, useAction, useGo, useSay, useT } from '../../../platform/web/index.ts'
import {
  discardSegmentDraft,
  draftSegment,
  listSegments,
  saveSegment,
  type SegmentVersionView,
  type SegmentView,
} from '../contract/segment.ts'
import { CHANGED } from './changed.ts'
import { useSentence } from './words.tsx'

/** What is to come next: the draft in words, put in force or thrown away. */
export function DraftCard({ segment, draft }: { segment: SegmentView; draft: SegmentVersionView }) {
  const t = useT('segment')
  const say = useSay()
  const go = useGo()
  const sentence = useSentence()
  const params = { segmentId: segment.id }
  const save = useAction(saveSegment, { invalidates: CHANGED, onDone: () => say.done(t('said.saved')) })
  const again = useAction(draftSegment, { invalidates: CHANGED })
  const discard = useAction(discardSegmentDraft, {
    // Of a segment that was a draft alone nothing is left to be asked for.
    ...(segment.version === null ? { forgets: [listSegments] } : { invalidates: CHANGED }),
    onDone: () => {
      if (segment.version === null) {
        say.done(t('said.discarded'))
        go('/segments', { replace: true })
        return
      }
      const undo = () => again.mutateAsync({ params, body: { definition: draft.definition, seen: null } })
      say.undoable({ text: t('said.discarded'), undo })
    },
  })
  return (
    <Card title={t('draft.title', { version: draft.version })}>
      <Stack>
        <p>{sentence(draft.sentence)}</p>
        <p className="pb-hint">
          {draft.author} <InstantText at={draft.createdAt} /> · {t(`mode.${draft.definition.mode}`)}
        </p>
        <p className="pb-hint">{t(segment.version === null ? 'draft.firstHint' : 'draft.hint')}</p>
        <Row>
          <Button
            type="primary"
            loading={save.isPending}
            onClick={() => save.mutate({ params, body: { version: draft.version } }, { onError: say.problem })}
          >
            {t('act.save')}
          </Button>
          <Button
            type="text"
            loading={discard.isPending}
            onClick={() => discard.mutate({ params }, { onError: say.problem })}
          >
            {t('act.discard')}
          </Button>
        </Row>
      </Stack>
    </Card>
  )
}
