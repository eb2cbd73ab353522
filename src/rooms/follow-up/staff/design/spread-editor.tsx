import { InputNumber } from 'antd'
import { Stack, useT } from '../../../../platform/web/index.ts'
import { Labelled } from '../../../questionnaire/staff/designer/labelled.tsx'
import type { ProtocolDefinition } from '../../contract/protocol.ts'
import { ENTER_AT_ONCE, whyNotSpread, type SpreadRule } from '../../contract/spread.ts'
import { LoadPreview } from '../load-preview.tsx'
import { useSaid } from '../words.ts'
import { useDesign } from './context.ts'
import { clean } from './edits.ts'
import { PickInput } from './words-input.tsx'

const KINDS = ['none', 'perDay', 'overDays'] as const
const BEGIN = { none: undefined, perDay: { perDay: 50 }, overDays: { overDays: 14 } } as const

/** How it begins for many who come in at once, with what that asks of the house. Where nobody may wait it says why. */
export function SpreadEditor() {
  const t = useT('follow-up')
  const said = useSaid()
  const { definition, edit, readOnly } = useDesign()
  const { spread } = definition
  const give = (next: SpreadRule | undefined, key?: string) =>
    edit((before) => clean({ ...before, spread: next }) as ProtocolDefinition, key)
  const not = whyNotSpread(definition)
  const step = definition.steps.find(({ code }) => code === not?.step)
  return (
    <section className="pb-path-item" aria-label={t('design.spread.title')}>
      <Stack tight>
        <h3 className="pb-path-h3">{t('design.spread.title')}</h3>
        {not ? (
          <p className="pb-hint">{t(`design.spread.not.${not.why}`, { step: step ? said(step.name) : '' })}</p>
        ) : (
          <p className="pb-hint">{t('design.spread.hint')}</p>
        )}
        {(!not || spread) && (
          <PickInput
            label={t('design.spread.how')}
            value={spread ? ('perDay' in spread ? 'perDay' : 'overDays') : 'none'}
            options={KINDS.map((value) => ({ value, label: t(`design.spread.kind.${value}`) }))}
            onChange={(value) => give(BEGIN[value])}
          />
        )}
        {spread && 'perDay' in spread && (
          <Labelled label={t('design.spread.perDay')}>
            <InputNumber
              min={1}
              max={100_000}
              precision={0}
              value={spread.perDay}
              onChange={(perDay) => perDay !== null && give({ perDay }, 'spread')}
            />
          </Labelled>
        )}
        {spread && 'overDays' in spread && (
          <>
            <Labelled label={t('design.spread.overDays')}>
              <InputNumber
                min={2}
                max={180}
                precision={0}
                value={spread.overDays}
                onChange={(overDays) => overDays !== null && give({ overDays }, 'spread')}
              />
            </Labelled>
            <p className="pb-hint">{t('design.spread.trickle', { count: ENTER_AT_ONCE })}</p>
          </>
        )}
        {!readOnly && <LoadPreview definition={definition} />}
      </Stack>
    </section>
  )
}
