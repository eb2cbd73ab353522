import {
  ENERGY_SOURCES,
  FOOD_GROUPS,
  MEALS,
  PORTION,
  PORTION_SOURCE,
  type Energy,
  type PortionPlan,
  type Protein,
} from '../../../clinical/advice/index.ts'
import { Facts, Stack, Status, useT } from '../../../platform/web/index.ts'

interface EnergyResultProps {
  energy: Energy
  protein: Protein
  portions: PortionPlan | undefined
}

const kcal = (value: number) => `${Math.round(value)} kcal`

/** The figures with the formulas they come from, and the table of portions. */
export function EnergyResult({ energy, protein, portions }: EnergyResultProps) {
  const t = useT('advice')
  return (
    <Stack tight>
      <h3>{t('energy.result', { kcal: Math.round(energy.targetKcal) })}</h3>
      <Facts
        items={[
          [t('energy.bmi'), energy.bmi.toFixed(1)],
          [t('energy.resting'), `${kcal(energy.restingKcal)} · ${ENERGY_SOURCES.resting}`],
          [t('energy.keep'), `${kcal(energy.keepKcal)} · × ${energy.activityFactor} · ${ENERGY_SOURCES.activity}`],
          [t('energy.floor'), kcal(energy.floorKcal)],
          [
            t('energy.standard'),
            t('energy.standardValue', {
              kg: energy.standardWeightKg,
              from: Math.round(energy.byStandardWeight.fromKcal),
              to: Math.round(energy.byStandardWeight.toKcal),
              source: ENERGY_SOURCES.standardWeight,
            }),
          ],
          [
            t('energy.protein'),
            protein.state === 'computed'
              ? t('energy.proteinValue', {
                  from: Math.round(protein.fromG),
                  to: Math.round(protein.toG),
                  source: protein.source,
                })
              : t('energy.proteinMissing'),
          ],
        ]}
      />
      {energy.notes.map((note) => (
        <Status key={note} tone="due">
          {t(`note.${note}`)}
        </Status>
      ))}
      {protein.state === 'computed' && protein.needsDoctor && <Status tone="danger">{t('note.protein-doctor')}</Status>}
      {!portions && <Status tone="due">{t('note.portions-dietitian')}</Status>}
      {portions?.notes.map((note) => (
        <Status key={note} tone="due">
          {t(`note.${note}`)}
        </Status>
      ))}
      {portions && <PortionTable portions={portions} />}
    </Stack>
  )
}

function PortionTable({ portions }: { portions: PortionPlan }) {
  const t = useT('advice')
  const cell = { padding: '4px 12px 4px 0', textAlign: 'end', fontVariantNumeric: 'tabular-nums' } as const
  const shown = (value: number) => (value === 0 ? '–' : String(value))
  return (
    <div style={{ overflowX: 'auto' }} tabIndex={0} role="region" aria-label={t('energy.table')}>
      <table style={{ borderCollapse: 'collapse' }}>
        <caption className="pb-hint" style={{ textAlign: 'start' }}>
          {t('energy.tableHint', { total: portions.total, source: PORTION_SOURCE })}
        </caption>
        <thead>
          <tr>
            <th style={{ ...cell, textAlign: 'start' }}>{t('energy.group')}</th>
            <th style={cell}>{t('energy.day')}</th>
            <th style={cell}>{t('energy.grams')}</th>
            {MEALS.map((meal) => (
              <th key={meal} style={cell}>
                {t(`meal.${meal}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {FOOD_GROUPS.map((group) => (
            <tr key={group}>
              <th scope="row" style={{ ...cell, textAlign: 'start', fontWeight: 400 }}>
                {t(`food.${group}`)}
              </th>
              <td style={cell}>{shown(portions.day[group])}</td>
              <td style={cell}>{shown(Math.round(portions.day[group] * PORTION[group].grams))}</td>
              {MEALS.map((meal) => (
                <td key={meal} style={cell}>
                  {shown(portions.meals[meal][group])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
