import { useEffect, useMemo, useState } from 'react'
import { useApi, useT } from '../../../../platform/web/index.ts'
import type { Axis } from '../../contract/axis.ts'
import { protocolDefinition, type ProtocolDefinition } from '../../contract/protocol.ts'
import { checkDraft } from '../../contract/walk.ts'
import { useSaid } from '../words.ts'
import type { Fault } from './context.ts'

const PAUSE_MS = 600

/** What is wrong with what stands on the screen: its form and its days at once, the rest from the house a moment later. */
export function useFaults(definition: ProtocolDefinition, axis: Axis): Fault[] {
  const t = useT('follow-up')
  const said = useSaid()
  const [settled, settle] = useState(definition)
  useEffect(() => {
    const timer = setTimeout(() => settle(definition), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [definition])
  const read = useMemo(() => protocolDefinition.safeParse(definition), [definition])
  const isWhole = useMemo(() => protocolDefinition.safeParse(settled).success, [settled])
  const { data } = useApi(checkDraft, { body: { definition: settled } }, { enabled: isWhole })
  const name = (code: string) => {
    const step = definition.steps.find((one) => one.code === code)
    return step ? said(step.name) : code
  }
  const unread = read.success ? [] : read.error.issues
  return [
    ...unread.map(({ path, message }): Fault => {
      const step = path[0] === 'steps' ? definition.steps[Number(path[1])] : undefined
      const where = step ? said(step.name) : t('design.fault.whole')
      return {
        severity: 'error',
        step: step?.code ?? null,
        text: t('design.fault.form', { where, what: `${path.slice(2).join(' ')} ${message}` }),
      }
    }),
    ...definition.steps.flatMap((step): Fault[] => {
      const missing = said(step.name).trim() === ''
      return missing ? [{ severity: 'error', step: step.code, text: t('design.fault.nameless') }] : []
    }),
    ...(data?.faults ?? [])
      .filter(({ step }) => step === null || definition.steps.some(({ code }) => code === step))
      .map(({ severity, step, text }): Fault => ({ severity, step, text: said(text) })),
    ...axis.faults.map(({ code, day, until, steps }): Fault => ({
      severity: 'warning',
      step: steps[0] ?? null,
      text: t(`design.clash.${code}`, { day, count: until - day, steps: steps.map(name).join(t('comma')) }),
    })),
  ]
}
