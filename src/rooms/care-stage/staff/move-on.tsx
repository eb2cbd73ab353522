import { Button, Input, Select } from 'antd'
import { useState } from 'react'
import { ProblemAlert, Stack, useAction, useLocale, useSay, useT } from '../../../platform/web/index.ts'
import { enterStage, readStages, type StagesOfPatient } from '../contract/care-stage.ts'

/** On to another stage; a reason is asked for where something is left open or the way is unusual. */
export function MoveOn({ patientId, stages }: { patientId: string; stages: StagesOfPatient }) {
  const t = useT('care-stage')
  const say = useSay()
  const language = useLocale() === 'en' ? 'en' : 'zh'
  const current = stages.current!
  const [to, setTo] = useState((stages.ways.find(({ usual }) => usual) ?? stages.ways[0]!).stage)
  const [because, setBecause] = useState('')
  const way = stages.ways.find(({ stage }) => stage === to)!
  const open = current.items.filter(({ must, done }) => must && !done)
  const asksReason = open.length > 0 || !way.usual
  const enter = useAction(enterStage, {
    invalidates: [readStages],
    onDone: () => say.done(t('tab.moved', { name: way.name[language] })),
  })
  const move = () =>
    enter.mutate({ params: { patientId: patientId as never }, body: { stage: to, leaving: current.id, because } })
  return (
    <Stack tight>
      {open.length > 0 && <p>{t('tab.open', { count: open.length })}</p>}
      <Select
        aria-label={t('tab.to')}
        value={to}
        onChange={setTo}
        options={stages.ways.map(({ stage, name, usual }) => ({
          value: stage,
          label: usual ? name[language] : `${name[language]}${t('tab.unusual')}`,
        }))}
        style={{ maxInlineSize: '20rem', inlineSize: '100%' }}
      />
      {asksReason && (
        <label>
          {t('tab.because')} <span className="pb-hint">{t('tab.becauseHint')}</span>
          <Input value={because} maxLength={300} onChange={(event) => setBecause(event.target.value)} />
        </label>
      )}
      {enter.error && <ProblemAlert problem={enter.error} />}
      <div>
        <Button
          type="primary"
          loading={enter.isPending}
          disabled={asksReason && because.trim().length < 2}
          onClick={move}
        >
          {t('tab.confirm')}
        </Button>
      </div>
    </Stack>
  )
}
