import type { FactForms } from '../../../../platform/condition/form.ts'
import { offerCodes, offerDiagnoses, offerDrugs, offerIndicators, offerProcedures } from './offered.ts'
import { indicatorWords } from './indicator.ts'

const COUNTED = { when: { field: 'pick', is: ['count'] } }

const named = (to: string) => ({
  tell: ({ name, code }: Readonly<Record<string, unknown>>) => ({
    what: typeof name === 'string' && name !== '' ? name : textOf(code),
    to,
  }),
})

/** How pages ask what conditions may ask of the record, and tell of it. */
export const recordFactForms: FactForms = {
  kinds: {
    indicator: {
      group: 'measured',
      fields: {
        code: { from: 'indicators' },
        is: {},
        or: { when: { field: 'pick', is: ['any', 'count'] } },
        'or.code': { from: 'indicators' },
        atLeast: COUNTED,
        onDifferentDays: COUNTED,
      },
      start: { within: { months: 12 } },
    },
    slope: { group: 'measured', fields: { code: { from: 'indicators' } }, start: { within: { months: 24 } } },
    change: { group: 'measured', fields: { code: { from: 'indicators' } } },
    compare: { group: 'measured', fields: { left: { from: 'indicators' }, right: { from: 'indicators' } } },
    condition: { group: 'illness', fields: { codes: { from: 'diagnoses', isFree: true } } },
    procedure: {
      group: 'illness',
      fields: { kind: { words: 'says.procedureKind' }, codes: { from: 'procedures', isFree: true } },
      start: { kind: 'surgery' },
    },
    familyHistory: { group: 'illness', fields: { codes: { from: 'diagnoses', isFree: true } } },
    medication: {
      group: 'illness',
      fields: { names: { from: 'drugs', isFree: true } },
      start: { names: [] },
    },
    encounter: { group: 'visits', fields: { classes: { words: 'says.class' } } },
    since: { group: 'visits', start: { event: 'any-contact', span: { months: 12 } } },
    anniversary: {
      group: 'dates',
      fields: {
        of: { words: 'says.of' },
        codes: { from: 'codes', of: ['of'], isFree: true, when: { field: 'of', is: ['procedure', 'condition'] } },
        kind: { words: 'says.procedureKind', when: { field: 'of', is: ['procedure'] } },
      },
    },
  },
  choices: {
    indicators: (ctx) => offerIndicators(ctx.locale),
    diagnoses: offerDiagnoses,
    procedures: offerProcedures,
    drugs: offerDrugs,
    codes: (_ctx, [of]) => offerCodes(of),
  },
  tells: {
    observation: {
      tell: ({ code, value, text, report }, words) => {
        const { name, unit } = indicatorWords(textOf(code), words)
        const isNumber = typeof value === 'number'
        return {
          what: name,
          value: isNumber ? `${value} ${unit}`.trim() : textOf(text) || undefined,
          to: `tab=indicators&code=${encodeURIComponent(textOf(code))}`,
          ...(typeof report === 'string'
            ? { source: words.t('told.fromReport'), sourceTo: `tab=reports&report=${report}` }
            : { source: words.t('told.fromEntry') }),
        }
      },
    },
    slope: {
      tell: ({ code, value, n }, words) => {
        const { name, unit } = indicatorWords(textOf(code), words)
        return {
          what: name,
          value: words.t('told.slope', { measure: `${textOf(value)} ${unit}`.trim(), n: Number(n) }),
          to: `tab=indicators&code=${encodeURIComponent(textOf(code))}`,
        }
      },
    },
    change: {
      tell: ({ code, from, to, value, unit }, words) => {
        const { name, unit: printed } = indicatorWords(textOf(code), words)
        return {
          what: name,
          value: words.t('told.change', {
            from: textOf(from),
            to: textOf(to),
            change: `${Number(value) > 0 ? '+' : ''}${textOf(value)}${unit === 'percent' ? '%' : ` ${printed}`}`.trim(),
          }),
          to: `tab=indicators&code=${encodeURIComponent(textOf(code))}`,
        }
      },
    },
    condition: named('tab=overview'),
    procedure: named('tab=overview'),
    medication: named('tab=overview'),
    encounter: named('tab=timeline'),
    'family-history': {
      tell: ({ name, relation }, { t }) => ({
        what: t('told.family'),
        value: `${t(`relation.${textOf(relation) || 'other'}`)} · ${textOf(name)}`,
      }),
    },
    last: {
      tell: ({ event, at }, { t }) => ({
        what: t(`told.last.${textOf(event)}`),
        value: at ? undefined : t('told.never'),
      }),
    },
  },
}

const textOf = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '')
