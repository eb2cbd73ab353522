import { Button, Form, Input } from 'antd'
import { call, DraftForm, Field, Loading, Stack, useApi, useT } from '../../../platform/web/index.ts'
import { addFact, correctFactEndpoint } from '../contract/facts.ts'
import { entryChoices } from '../contract/readings.ts'
import { ABSENCES, type NewFactInput } from '../contract/record.ts'
import type { FACT_ENTRIES } from './entry-bar.tsx'
import { FACT_SCHEMAS, FactFields } from './fact-fields.tsx'
import { useSaved } from './use-saved.ts'

export type FactEntry = (typeof FACT_ENTRIES)[number]

export interface FactFormProps {
  patientId: string
  kind: FactEntry
  /** A fact to be corrected; without it one is added. */
  former?: { id: string } & Record<string, unknown>
  onDone: () => void
}

/** Adds a fact, or puts a corrected one in place of another with the reason. */
export function FactForm({ patientId, kind, former, onDone }: FactFormProps) {
  const t = useT('observation')
  const saved = useSaved()
  const { data: choices } = useApi(entryChoices)
  const [form] = Form.useForm<Record<string, unknown>>()
  if (!choices) return <Loading lines={4} />
  const send = async ({ because, ...fact }: Record<string, unknown>) => {
    const entered = { kind, fact: withCode(kind, fact, choices) } as NewFactInput
    if (former)
      await call(correctFactEndpoint, {
        params: { patientId, factId: former.id },
        body: { corrected: entered, because: String(because) },
      })
    else await call(addFact, { params: { patientId }, body: entered })
    onDone()
    await saved(former ? t('corrected') : undefined)
  }
  return (
    <Stack>
      <DraftForm<Record<string, unknown>>
        name={`fact-${kind}-${former?.id ?? 'new'}-${patientId}`}
        form={form}
        schema={FACT_SCHEMAS[kind]}
        {...(former ? { initial: former } : {})}
        submit={t(former ? 'correct.submit' : 'save')}
        onSubmit={send}
        onCancel={onDone}
      >
        <FactFields kind={kind} choices={choices} />
        {former && (
          <Field
            name="because"
            label={t('correct.because')}
            required
            rules={[{ min: 2, message: t('correct.becauseShort') }]}
          >
            <Input maxLength={300} placeholder={t('correct.becausePlaceholder')} />
          </Field>
        )}
      </DraftForm>
      {!former && (ABSENCES as readonly string[]).includes(kind) && (
        <NoneButton patientId={patientId} kind={kind} onDone={onDone} />
      )}
    </Stack>
  )
}

type Choices = Parameters<typeof FactFields>[0]['choices']

/** A name that is in the list brings its code along, chosen or typed. */
function withCode(kind: FactEntry, fact: Record<string, unknown>, choices: Choices): Record<string, unknown> {
  const find = (list: readonly { code: string; name: string }[], name: unknown) => list.find((one) => one.name === name)
  if (kind === 'condition') return { ...fact, code: find(choices.conditions, fact['name'])?.code ?? '' }
  if (kind === 'family-history')
    return { ...fact, conditionCode: find(choices.conditions, fact['conditionName'])?.code ?? '' }
  if (kind !== 'procedure') return fact
  const known = choices.procedures.find((one) => one.name === fact['name'])
  return { ...fact, code: known?.code ?? '', kind: fact['kind'] ?? known?.kind ?? 'other' }
}

/** Asked, and there is none: as good an answer as any, and it counts for the file. */
function NoneButton({ patientId, kind, onDone }: { patientId: string; kind: FactEntry; onDone: () => void }) {
  const t = useT('observation')
  const saved = useSaved()
  const [form] = Form.useForm()
  const send = async () => {
    await call(addFact, {
      params: { patientId },
      body: { kind: 'absence', fact: { about: kind as (typeof ABSENCES)[number] } },
    })
    onDone()
    await saved()
  }
  return (
    <DraftForm
      name={`none-${kind}-${patientId}`}
      form={form}
      keepDraft={false}
      submit={t(`none.${kind}`)}
      onSubmit={send}
    >
      <p className="pb-hint">{t('none.hint')}</p>
    </DraftForm>
  )
}

export function CorrectButton({ onClick }: { onClick: () => void }) {
  const t = useT('observation')
  return (
    <Button size="small" onClick={onClick}>
      {t('correct.title')}
    </Button>
  )
}
