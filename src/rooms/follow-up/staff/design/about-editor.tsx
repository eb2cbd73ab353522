import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Input, InputNumber, Select, Switch } from 'antd'
import { Stack, useT } from '../../../../platform/web/index.ts'
import { Labelled } from '../../../questionnaire/staff/designer/labelled.tsx'
import type { Phase } from '../../contract/pathway.ts'
import { USUAL_STAY, type ProtocolDefinition, type StayRule } from '../../contract/protocol.ts'
import { useDesign } from './context.ts'
import { clean, freeCode } from './edits.ts'
import { Contacts, Limits, Quotas } from './rule-editor.tsx'
import { NeededWords, WordsInput } from './words-input.tsx'

/** Name, for whom, phases, what the person reads of the whole, how much of their time it may take, and what it rests on. */
export function AboutEditor() {
  const t = useT('follow-up')
  const { definition, edit } = useDesign()
  const give = (changed: { [K in keyof ProtocolDefinition]?: ProtocolDefinition[K] | undefined }) =>
    edit((before) => clean({ ...before, ...changed }) as ProtocolDefinition, `about ${Object.keys(changed).join()}`)
  return (
    <Stack>
      <NeededWords label={t('field.name')} value={definition.name} onChange={(name) => give({ name })} />
      <NeededWords
        label={t('field.population')}
        value={definition.population}
        onChange={(population) => give({ population })}
      />
      <Phases />
      <Labelled label={t('design.about.forPatient')}>
        <Switch
          checked={definition.forPatient !== undefined}
          onChange={(on) => give({ forPatient: on ? { title: definition.name, text: { zh: '', en: '' } } : undefined })}
        />
      </Labelled>
      {definition.forPatient && (
        <>
          <NeededWords
            label={t('design.person.title')}
            value={definition.forPatient.title}
            onChange={(title) => give({ forPatient: { ...definition.forPatient!, title } })}
          />
          <NeededWords
            label={t('design.person.text')}
            value={definition.forPatient.text}
            onChange={(text) => give({ forPatient: { ...definition.forPatient!, text } })}
            multiline
          />
          <WordsInput
            label={t('design.about.leave')}
            value={definition.forPatient.leave}
            onChange={(leave) => give({ forPatient: clean({ ...definition.forPatient!, leave }) as never })}
          />
        </>
      )}
      <Contacts />
      <Quotas />
      <Limits />
      <Stay />
      <Labelled label={t('field.source')}>
        <Input.TextArea
          autoSize={{ minRows: 1, maxRows: 4 }}
          value={definition.source}
          onChange={({ target }) => give({ source: target.value })}
        />
      </Labelled>
      <Labelled label={t('field.licence')}>
        <Input value={definition.licence} onChange={({ target }) => give({ licence: target.value })} />
      </Labelled>
    </Stack>
  )
}

const STAYS = ['move', 're-anchor', 'go-on'] as const

/** What becomes of a visit that falls into a stay in hospital. */
function Stay() {
  const t = useT('follow-up')
  const { definition, edit } = useDesign()
  const rule = definition.stay ?? USUAL_STAY
  const give = (stay: StayRule) => edit((before) => ({ ...before, stay }), 'about stay')
  return (
    <>
      <Labelled label={t('design.about.stay')}>
        <Select
          value={rule.kind}
          style={{ width: '100%' }}
          onChange={(kind) => give(kind === 'move' ? USUAL_STAY : { kind })}
          options={STAYS.map((value) => ({ value, label: t(`design.stay.${value}`) }))}
        />
      </Labelled>
      {rule.kind === 'move' && (
        <Labelled label={t('design.about.stayDays')}>
          <InputNumber
            min={1}
            max={60}
            precision={0}
            value={rule.days}
            onChange={(days) => days !== null && give({ kind: 'move', days })}
          />
        </Labelled>
      )}
    </>
  )
}

/** What the person reads of a phase is headed by its name, unless somebody has written another heading. */
function named(phase: Phase, name: Phase['name']): Phase {
  const { forPatient } = phase
  const follows = forPatient && forPatient.title.zh === phase.name.zh && forPatient.title.en === phase.name.en
  return { ...phase, name, ...(follows ? { forPatient: { ...forPatient, title: name } } : {}) }
}

const told = (phase: Phase, text: Phase['name'] | undefined): Phase =>
  clean({ ...phase, forPatient: text && { title: phase.forPatient?.title ?? phase.name, text } }) as Phase

function Phases() {
  const t = useT('follow-up')
  const { definition, edit, readOnly } = useDesign()
  const phases = definition.phases ?? []
  const give = (next: Phase[], key?: string) =>
    edit((before) => clean({ ...before, phases: next.length > 0 ? next : undefined }) as ProtocolDefinition, key)
  const drop = (code: string) =>
    edit((before) => {
      const left = phases.filter((phase) => phase.code !== code)
      const steps = before.steps.map((step) =>
        step.phase === code ? (clean({ ...step, phase: undefined }) as typeof step) : step,
      )
      return clean({ ...before, steps, phases: left.length > 0 ? left : undefined }) as ProtocolDefinition
    })
  return (
    <section className="pb-path-item" aria-label={t('design.about.phases')}>
      <h3 className="pb-path-h3">{t('design.about.phases')}</h3>
      {phases.map((phase, index) => (
        <div key={phase.code} className="pb-path-removable">
          <Stack tight>
            <NeededWords
              label={t('design.about.phase', { index: index + 1 })}
              value={phase.name}
              onChange={(name) => give(phases.with(index, named(phase, name)), `${phase.code} name`)}
            />
            <WordsInput
              label={t('design.about.phaseWords', { index: index + 1 })}
              value={phase.forPatient?.text}
              onChange={(text) => give(phases.with(index, told(phase, text)), `${phase.code} words`)}
              multiline
            />
          </Stack>
          {!readOnly && (
            <Button
              size="small"
              type="text"
              icon={<DeleteOutlined />}
              aria-label={t('design.about.dropPhase', { index: index + 1 })}
              onClick={() => drop(phase.code)}
            />
          )}
        </div>
      ))}
      {!readOnly && phases.length < 12 && (
        <Button
          size="small"
          icon={<PlusOutlined />}
          onClick={() =>
            give([
              ...phases,
              {
                code: freeCode(
                  phases.map(({ code }) => code),
                  'phase',
                ),
                name: { zh: '', en: '' },
              },
            ])
          }
        >
          {t('design.about.addPhase')}
        </Button>
      )}
    </section>
  )
}
