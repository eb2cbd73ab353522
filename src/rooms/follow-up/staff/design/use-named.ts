import { useApi, useCan, useT } from '../../../../platform/web/index.ts'
import { choicesOf } from '../../../../platform/condition/contract.ts'
import { listTemplates } from '../../../message/contract/template.ts'
import { listDefinitions } from '../../../questionnaire/contract/definitions.ts'
import { useSaid } from '../words.ts'

export interface Named {
  value: string
  label: string
}

/** Message templates in force, by name. */
export function useTemplates(): (Named & { channels: readonly string[] })[] {
  const said = useSaid()
  const allowed = useCan('message.template.read')
  const { data } = useApi(listTemplates, undefined, { enabled: allowed })
  return (data?.rows ?? []).map(({ code, name, channels }) => ({ value: code, label: said(name), channels }))
}

/** Questionnaires in force, by name. */
export function useQuestionnaires(): Named[] {
  const said = useSaid()
  const allowed = useCan('questionnaire.read')
  const { data } = useApi(listDefinitions, undefined, { enabled: allowed })
  return (data?.rows ?? []).map(({ code, title }) => ({ value: code, label: said(title) }))
}

/** Indicators of the dictionary. */
export function useIndicators(): Named[] {
  const said = useSaid()
  const { data } = useApi(choicesOf, {
    params: { kind: 'indicator', field: 'code' },
    query: { purpose: 'care', of: '' },
  })
  return (data?.choices ?? []).map(({ code, name }) => ({ value: code, label: said(name) }))
}

/** Channels in words. */
export function useChannelWords(): (channel: string) => string {
  const m = useT('message')
  return (channel) => m(`channel.${channel}`)
}
