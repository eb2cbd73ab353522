import { CopyOutlined, DeleteOutlined } from '@ant-design/icons'
import { Button, Select } from 'antd'
import { useState } from 'react'
import { Row, Stack, TabSet, useChoices, useNarrow, useSay, useT } from '../../../../platform/web/index.ts'
import { STEP_KINDS, STEP_OWNERS, type Script } from '../../contract/step.ts'
import { useSaid } from '../words.ts'
import { Labelled } from '../../../questionnaire/staff/designer/labelled.tsx'
import { useDesign, useStep } from './context.ts'
import { clean, duplicate, newStep, removeStep } from './edits.ts'
import { StepNext } from './step-next.tsx'
import { StepTime } from './step-time.tsx'
import { StepToPerson } from './step-to-person.tsx'
import { useQuestionnaires } from './use-named.ts'
import { LinesInput, NeededWords, PickInput, WordsInput } from './words-input.tsx'

const PARTS = ['what', 'time', 'next', 'person'] as const

/** Everything about the chosen step. */
export function StepPanel() {
  const t = useT('follow-up')
  const said = useSaid()
  const say = useSay()
  const narrow = useNarrow()
  const { definition, edit, select, readOnly } = useDesign()
  const { step } = useStep()
  const [part, setPart] = useState<string>('what')
  const content = { what: <What />, time: <StepTime />, next: <StepNext />, person: <StepToPerson /> }
  const remove = () => {
    edit((before) => removeStep(before, step.code))
    const at = definition.steps.findIndex(({ code }) => code === step.code)
    select(narrow ? undefined : (definition.steps[at - 1] ?? definition.steps[1])?.code)
    say.undoable({ text: t('design.removed', { name: said(step.name) }), undo: () => edit(() => definition) })
  }
  const copy = () => {
    const made = duplicate(definition, step.code)
    edit(() => made.definition)
    select(made.copied)
  }
  return (
    <section className="pb-path-panel" aria-label={t('design.step.title', { name: said(step.name) })}>
      <h2>{said(step.name) || t('design.nameless')}</h2>
      {!readOnly && (
        <Row>
          <Button size="small" icon={<CopyOutlined />} onClick={copy}>
            {t('design.copy')}
          </Button>
          <Button
            size="small"
            danger
            icon={<DeleteOutlined />}
            disabled={definition.steps.length === 1}
            onClick={remove}
          >
            {t('design.remove')}
          </Button>
        </Row>
      )}
      <TabSet
        active={part}
        onChange={setPart}
        look="within"
        label={t('design.step.parts')}
        items={PARTS.map((key) => ({ key, label: t(`design.step.${key}`), content: content[key] }))}
      />
    </section>
  )
}

function What() {
  const t = useT('follow-up')
  const said = useSaid()
  const { definition, content } = useDesign()
  const { step, set } = useStep()
  const seen = step.kind === 'visit' || step.kind === 'call' || step.kind === 'home-visit'
  const questionnaires = useQuestionnaires()
  const cards = useChoices('advice-cards')
  const owners = STEP_OWNERS.map((value) => ({ value, label: t(`owner.${value}`) }))
  const changeKind = (kind: (typeof STEP_KINDS)[number]) => {
    const { way, questionnaire, cards: some } = newStep(definition, kind, step.name, step.track)
    set({ kind, way, questionnaire, cards: some })
  }
  return (
    <Stack tight>
      <NeededWords label={t('design.step.name')} value={step.name} onChange={(name) => set({ name })} />
      <div className="pb-path-pair">
        <PickInput
          label={t('design.step.kind')}
          value={step.kind}
          options={STEP_KINDS.map((value) => ({ value, label: t(`stepKind.${value}`) }))}
          onChange={changeKind}
        />
        <PickInput
          label={t('design.step.owner')}
          value={step.owner}
          options={owners}
          onChange={(owner) => set({ owner })}
        />
        {seen && (
          <PickInput
            label={t('field.way')}
            value={step.way}
            options={(['any', 'face-to-face', 'phone'] as const).map((value) => ({
              value,
              label: t(`stepWay.${value}`),
            }))}
            onChange={(way) => set({ way })}
          />
        )}
        <PickInput
          label={t('design.step.phase')}
          value={step.phase ?? ''}
          options={[
            { value: '', label: t('design.step.noPhase') },
            ...(definition.phases ?? []).map(({ code, name }) => ({ value: code, label: said(name) })),
          ]}
          onChange={(phase) => set({ phase: phase || undefined })}
        />
      </div>
      {(seen || step.kind === 'task') && (
        <PickInput
          label={t('design.step.form')}
          value={step.form ?? ''}
          options={[
            { value: '', label: t('design.step.noForm') },
            ...content.forms.map(({ code, name }) => ({ value: code, label: said(name) })),
          ]}
          onChange={(form) => set({ form: form || null })}
        />
      )}
      {step.kind === 'questionnaire' && (
        <PickInput
          label={t('design.step.questionnaire')}
          value={step.questionnaire === '-' ? null : step.questionnaire}
          options={questionnaires}
          onChange={(questionnaire) => set({ questionnaire })}
        />
      )}
      {step.kind === 'education' && (
        <Labelled label={t('design.step.cards')}>
          <Select
            mode="multiple"
            maxCount={5}
            showSearch={{ optionFilterProp: 'label' }}
            value={(step.cards ?? []).filter((code) => code !== '-')}
            options={cards.map(({ code, name }) => ({ value: code, label: said(name) }))}
            onChange={(chosen: string[]) => set({ cards: chosen.length > 0 ? chosen : ['-'] })}
          />
        </Labelled>
      )}
      <WordsInput label={t('design.step.goal')} value={step.goal} onChange={(goal) => set({ goal })} />
      <WordsInput
        label={t('design.step.deliverable')}
        value={step.deliverable}
        onChange={(deliverable) => set({ deliverable })}
      />
      {seen && <ScriptEditor />}
    </Stack>
  )
}

function ScriptEditor() {
  const t = useT('follow-up')
  const { step, set } = useStep()
  const { script = {} } = step
  const give = (changed: { [K in keyof Script]?: Script[K] | undefined }) => {
    const next = clean({ ...script, ...changed })
    set({ script: Object.keys(next).length > 0 ? (next as Script) : undefined })
  }
  return (
    <details className="pb-path-fold" open={step.script !== undefined}>
      <summary>{t('design.script.title')}</summary>
      <p className="pb-hint">{t('design.script.hint')}</p>
      <WordsInput
        label={t('design.script.opening')}
        value={script.opening}
        onChange={(opening) => give({ opening })}
        multiline
      />
      <LinesInput label={t('design.script.say')} most={12} value={script.say} onChange={(say) => give({ say })} />
      <LinesInput label={t('design.script.ask')} most={20} value={script.ask} onChange={(ask) => give({ ask })} />
      <LinesInput
        label={t('design.script.avoid')}
        most={8}
        value={script.avoid}
        onChange={(avoid) => give({ avoid })}
      />
      <WordsInput
        label={t('design.script.closing')}
        value={script.closing}
        onChange={(closing) => give({ closing })}
        multiline
      />
    </details>
  )
}
