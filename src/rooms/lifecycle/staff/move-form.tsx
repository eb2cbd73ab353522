import { Button, Input, InputNumber, Select } from 'antd'
import { useState } from 'react'
import { ProblemAlert, Stack, useAction, useSay, useT } from '../../../platform/web/index.ts'
import { moveRelationship, undoMove, type Relationship } from '../contract/lifecycle.ts'
import { REST_DAYS, REST_DAYS_MAX, STAGES, type Stage } from '../contract/words.ts'
import { MOVED } from './changed.ts'
import './lifecycle.css'

/** Forward or back by hand, with a reason; back, rules rest for a while. */
export function MoveForm({ patientId, data }: { patientId: string; data: Relationship }) {
  const t = useT('lifecycle')
  const say = useSay()
  const params = { patientId: patientId as never }
  const at = data.stage ? STAGES.indexOf(data.stage) : -1
  const others = STAGES.filter((stage) => stage !== data.stage)
  const [to, setTo] = useState<Stage>(STAGES[at + 1] ?? others[0]!)
  const [because, setBecause] = useState('')
  const [restDays, setRestDays] = useState(REST_DAYS)
  const isBack = STAGES.indexOf(to) < at
  const about = `relationship ${patientId}`
  const undo = useAction(undoMove, { invalidates: MOVED, onDone: () => say.done(t('move.undone'), about) })
  const move = useAction(moveRelationship, {
    invalidates: MOVED,
    onDone: () => {
      const text = t('move.done', { stage: t(`stage.${to}`) })
      // Nothing stood before the first move, so there is nothing to go back to.
      if (data.stage === null) return say.done(text, about)
      const body = { revision: data.revision + 1 }
      return say.undoable({ text, about, undo: () => undo.mutateAsync({ params, body }) })
    },
  })
  const send = () => move.mutate({ params, body: { to, revision: data.revision, because, restDays } })
  return (
    <div className="lc-form">
      <Stack tight>
        <Select
          aria-label={t('move.to')}
          value={to}
          onChange={setTo}
          options={others.map((stage) => ({
            value: stage,
            label: STAGES.indexOf(stage) < at ? t('move.back', { stage: t(`stage.${stage}`) }) : t(`stage.${stage}`),
          }))}
          style={{ maxInlineSize: '20rem', inlineSize: '100%' }}
        />
        <label>
          {t('move.because')} <span className="pb-hint">{t('move.becauseHint')}</span>
          <Input value={because} maxLength={300} onChange={({ target }) => setBecause(target.value)} />
        </label>
        {isBack && (
          <label>
            {t('move.rest')} <span className="pb-hint">{t('move.restHint')}</span>
            <br />
            <InputNumber
              min={1}
              max={REST_DAYS_MAX}
              precision={0}
              value={restDays}
              onChange={(days) => setRestDays(days ?? REST_DAYS)}
              suffix={t('move.days')}
            />
          </label>
        )}
        {move.error && <ProblemAlert problem={move.error} />}
        <div>
          <Button type="primary" loading={move.isPending} disabled={because.trim().length < 2} onClick={send}>
            {t('move.save')}
          </Button>
        </div>
      </Stack>
    </div>
  )
}
