import { Button, Input, Select, Upload } from 'antd'
import { useMemo, useState } from 'react'
import {
  embedValueSets,
  inLanguage,
  read,
  type Questionnaire,
  type ValueSet,
} from '../../../../clinical/questionnaire/index.ts'
import {
  ApiProblem,
  call,
  ProblemAlert,
  Row,
  Stack,
  useGo,
  useLocale,
  useT,
  useToday,
} from '../../../../platform/web/index.ts'
import { faultsInDefinition } from '../../contract/faults.ts'
import { questionnaireCode, saveDraft, versionsOf } from '../../contract/questionnaire.ts'
import { faultWords, unsupportedWords } from '../designer/fault-words.ts'
import { codeFor, readFile } from '../designer/import.ts'
import { Labelled } from '../designer/labelled.tsx'
import type { CatalogueLine } from './lines.ts'

/** FHIR JSON by file or pasted: what it holds, what is not understood of it, and the value sets it still needs. */
export function ImportDrawer({ known }: { known: readonly CatalogueLine[] }) {
  const t = useT('questionnaire')
  const [found, setFound] = useState<Questionnaire[]>([])
  const [sets, setSets] = useState<ValueSet[]>([])
  const [chosen, setChosen] = useState(0)
  const [pasted, setPasted] = useState('')
  const [complaint, setComplaint] = useState<string>()
  /** Whether there was anything in it. */
  const take = (text: string): boolean => {
    const made = readFile(text)
    setComplaint(undefined)
    if (!made) {
      setComplaint(t('import.noJson'))
      return false
    }
    setSets((before) => [...before, ...made.valueSets])
    if (made.questionnaires.length > 0) {
      setFound(made.questionnaires)
      setChosen(0)
    } else if (made.valueSets.length === 0) {
      setComplaint(t('import.nothing', { kinds: [...new Set(made.others)].join('、') || '—' }))
      return false
    }
    return true
  }
  const source = found[chosen]
  return (
    <Stack>
      <Upload.Dragger
        accept=".json,.ndjson"
        multiple
        showUploadList={false}
        beforeUpload={(file) => {
          void (file as unknown as File).text().then(take)
          return false
        }}
      >
        <p>{t('import.drop')}</p>
        <p className="pb-hint">{t('import.dropHint')}</p>
      </Upload.Dragger>
      <Labelled label={t('import.paste')} wide>
        <Input.TextArea
          autoSize={{ minRows: 3, maxRows: 8 }}
          className="pb-design-code"
          value={pasted}
          onChange={({ target }) => setPasted(target.value)}
        />
      </Labelled>
      <Row>
        <Button
          disabled={pasted.trim() === ''}
          onClick={() => {
            if (take(pasted)) setPasted('')
          }}
        >
          {t('import.read')}
        </Button>
      </Row>
      {complaint && (
        <p role="alert" className="pb-design-bad">
          {complaint}
        </p>
      )}
      {found.length > 1 && (
        <Labelled label={t('import.which', { count: found.length })}>
          <Select
            value={chosen}
            showSearch={{ optionFilterProp: 'label' }}
            options={found.map((one, value) => ({
              value,
              label: one.title ?? one.name ?? one.id ?? String(value + 1),
            }))}
            onChange={setChosen}
          />
        </Labelled>
      )}
      {source && <Found key={`${chosen} ${source.url ?? ''}`} source={source} sets={sets} known={known} />}
    </Stack>
  )
}

/** What the engine says of one questionnaire, and under which code it is taken in. */
function Found({ source, sets, known }: { source: Questionnaire; sets: ValueSet[]; known: readonly CatalogueLine[] }) {
  const t = useT('questionnaire')
  const locale = useLocale()
  const today = useToday()
  const go = useGo()
  const [code, setCode] = useState(() => codeFor(source))
  const [problem, setProblem] = useState<ApiProblem>()
  const [busy, setBusy] = useState(false)
  const definition = useMemo(() => (sets.length > 0 ? embedValueSets(source, sets) : source), [source, sets])
  const reading = useMemo(() => read(definition), [definition])
  const faults = useMemo(() => faultsInDefinition(reading, today), [reading, today])
  const words = { t, locale }
  const others = reading.unsupported.filter(({ what }) => !what.startsWith('answerValueSet '))
  const isCode = questionnaireCode.safeParse(code).success
  const existing = known.find((line) => line.code === code)
  const bring = async () => {
    setBusy(true)
    setProblem(undefined)
    try {
      // On top of a draft that is there, it would be a change of that draft: say so by its revision.
      const revision = existing?.draft
        ? ((await call(versionsOf, { params: { code } })).rows.find(({ state }) => state === 'draft')?.revision ?? 0)
        : 0
      await call(saveDraft, {
        params: { code },
        body: {
          definition: { ...definition, name: code } as never,
          licence: (source.copyright ?? '').slice(0, 500),
          revision,
        },
      })
      go(`/questionnaires/${code}/design`)
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error
      setProblem(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Stack>
      <strong>
        {inLanguage(reading.form.title, locale) || code} ·{' '}
        {t('fill.questions', {
          count: [...reading.form.byLinkId.values()].filter(({ type }) => type !== 'group' && type !== 'display')
            .length,
        })}
      </strong>
      {reading.toEmbed.length > 0 && (
        <section>
          <h3 className="pb-design-h3">
            {t('import.sets', { count: new Set(reading.toEmbed.map(({ valueSet }) => valueSet)).size })}
          </h3>
          <p className="pb-hint">{t('import.setsHint')}</p>
          <ul className="pb-design-changes">
            {[...new Set(reading.toEmbed.map(({ valueSet }) => valueSet))].map((set) => (
              <li key={set}>{set}</li>
            ))}
          </ul>
        </section>
      )}
      <Named
        title={t('import.faults', { count: faults.length })}
        lines={faults.map((one) => faultWords(one, reading.form, words).text)}
      />
      <Named
        title={t('import.unsupported', { count: others.length })}
        hint={t('import.unsupportedHint')}
        lines={others.map(unsupportedWords)}
      />
      {faults.length + others.length === 0 && <p>{t('import.fine')}</p>}
      <Labelled
        label={t('catalogue.code')}
        hint={
          !isCode
            ? t('catalogue.codeWrong')
            : existing?.draft
              ? t('import.overDraft', { name: existing.draft.changedBy })
              : existing
                ? t('import.nextVersion')
                : t('catalogue.codeHint')
        }
      >
        <Input value={code} status={isCode ? '' : 'error'} onChange={({ target }) => setCode(target.value)} />
      </Labelled>
      <ProblemAlert problem={problem} />
      <Row>
        <Button type="primary" disabled={!isCode} loading={busy} onClick={() => void bring()}>
          {t('import.bring')}
        </Button>
      </Row>
    </Stack>
  )
}

/** Long lists are folded: a file from elsewhere may name hundreds. */
function Named({ title, hint, lines }: { title: string; hint?: string; lines: readonly string[] }) {
  if (lines.length === 0) return null
  return (
    <details open={lines.length < 8}>
      <summary>
        <strong>{title}</strong>
      </summary>
      {hint && <p className="pb-hint">{hint}</p>}
      <ul className="pb-design-changes">
        {lines.map((line, at) => (
          // The same thing may be missing in two places of one path.
          <li key={at}>{line}</li>
        ))}
      </ul>
    </details>
  )
}
