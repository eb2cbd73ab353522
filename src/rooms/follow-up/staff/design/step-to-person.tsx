import { ArrowDownOutlined, ArrowUpOutlined, CloseOutlined } from '@ant-design/icons'
import { Button, Input, Select, Switch } from 'antd'
import { Stack, useT } from '../../../../platform/web/index.ts'
import { Labelled } from '../../../questionnaire/staff/designer/labelled.tsx'
import { useDesign, useStep } from './context.ts'
import { useChannelWords, useTemplates } from './use-named.ts'
import { NeededWords, PickInput } from './words-input.tsx'

/** What the person reads on their own page, and by which ways they are told. */
export function StepToPerson() {
  const t = useT('follow-up')
  const { step, set } = useStep()
  const templates = useTemplates()
  return (
    <Stack tight>
      <Labelled label={t('design.person.shown')}>
        <Switch
          checked={step.forPatient !== undefined}
          onChange={(on) => set({ forPatient: on ? { title: step.name, text: { zh: '', en: '' } } : undefined })}
        />
      </Labelled>
      {step.forPatient ? (
        <>
          <NeededWords
            label={t('design.person.title')}
            value={step.forPatient.title}
            onChange={(title) => set({ forPatient: { ...step.forPatient!, title } })}
          />
          <NeededWords
            label={t('design.person.text')}
            value={step.forPatient.text}
            onChange={(text) => set({ forPatient: { ...step.forPatient!, text } })}
            multiline
          />
          <p className="pb-hint">{t('design.person.plain')}</p>
        </>
      ) : (
        <p className="pb-hint">{t('design.person.hidden')}</p>
      )}
      <PickInput
        label={t('design.person.message')}
        value={step.message ?? ''}
        options={[
          { value: '', label: t('design.person.noMessage') },
          ...templates.map(({ value, label }) => ({ value, label })),
        ]}
        onChange={(message) => set({ message: message || null })}
      />
      {step.message && (
        <>
          <Ladder offered={templates.find(({ value }) => value === step.message)?.channels} />
          <Labelled label={t('design.person.time')} hint={t('design.person.timeHint')}>
            <Input
              type="time"
              value={step.timeOfDay ?? ''}
              onChange={({ target }) => set({ timeOfDay: target.value || undefined })}
            />
          </Labelled>
        </>
      )}
    </Stack>
  )
}

/** Channels in the order in which they are tried: of those that the template has words for. */
function Ladder({ offered }: { offered: readonly string[] | undefined }) {
  const t = useT('follow-up')
  const word = useChannelWords()
  const { content } = useDesign()
  const { step, set } = useStep()
  const channels = step.channels ?? []
  const give = (next: string[]) => set({ channels: next.length > 0 ? next : undefined })
  return (
    <div>
      <p className="pb-hint">{t(channels.length > 0 ? 'design.person.ladder' : 'design.person.ladderOfTemplate')}</p>
      <ol className="pb-path-ladder">
        {channels.map((channel, at) => (
          <li key={channel}>
            <span>{word(channel)}</span>
            <Button
              size="small"
              type="text"
              icon={<ArrowUpOutlined />}
              disabled={at === 0}
              aria-label={t('design.person.earlier', { name: word(channel) })}
              onClick={() => give(channels.toSpliced(at, 1).toSpliced(at - 1, 0, channel))}
            />
            <Button
              size="small"
              type="text"
              icon={<ArrowDownOutlined />}
              disabled={at === channels.length - 1}
              aria-label={t('design.person.later', { name: word(channel) })}
              onClick={() => give(channels.toSpliced(at, 1).toSpliced(at + 1, 0, channel))}
            />
            <Button
              size="small"
              type="text"
              icon={<CloseOutlined />}
              aria-label={t('design.person.drop', { name: word(channel) })}
              onClick={() => give(channels.toSpliced(at, 1))}
            />
          </li>
        ))}
      </ol>
      <Select
        aria-label={t('design.person.add')}
        placeholder={t('design.person.add')}
        value={null}
        options={(offered ?? content.channels)
          .filter((channel) => !channels.includes(channel))
          .map((value) => ({ value, label: word(value) }))}
        onChange={(channel: string | null) => channel && give([...channels, channel])}
        style={{ inlineSize: '100%' }}
      />
    </div>
  )
}
