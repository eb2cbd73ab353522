import barthel from '../../instrument/scale/barthel/model.json' with { type: 'json' }
import isi from '../../instrument/scale/isi/model.json' with { type: 'json' }
import mmrcCat from '../../instrument/scale/mmrc-cat/model.json' with { type: 'json' }
import mnaSf from '../../instrument/scale/mna-sf/model.json' with { type: 'json' }
import morseFall from '../../instrument/scale/morse-fall/model.json' with { type: 'json' }
import pss10 from '../../instrument/scale/pss-10/model.json' with { type: 'json' }
import sas from '../../instrument/scale/sas/model.json' with { type: 'json' }
import sds from '../../instrument/scale/sds/model.json' with { type: 'json' }
import type { ScaleCard } from '../../instrument/scale/sum-scale.ts'
import { constitution60 } from './constitution-60.ts'
import { templateOfScale, type ScaleSheet } from './of-scale.ts'
import { psqi } from './psqi.ts'
import sheets from './scales.json' with { type: 'json' }
import type { Template } from './template.ts'

export { fillTemplate, lackingTexts, type Texts } from './fill.ts'
export {
  rowsOfText,
  TEXT_MAX,
  textsFromQuestionnaire,
  textsFromRows,
  type BroughtTexts,
  type TextFault,
} from './read-texts.ts'
export {
  leadCode,
  optionCode,
  questionsAsked,
  wantedTexts,
  type GivenText,
  type Template,
  type TemplateItem,
  type WantedText,
} from './template.ts'

/** The card of the registry holds mMRC's grades as well; this one is of the eight questions alone. */
const cat = {
  ...mmrcCat,
  title: { zh: '慢阻肺评估测试（CAT）', en: 'COPD Assessment Test (CAT)' },
  sources: mmrcCat.sources.slice(0, 1),
}

const cards: Record<string, object> = {
  sas,
  sds,
  'pss-10': pss10,
  isi,
  barthel,
  'morse-fall': morseFall,
  'mna-sf': mnaSf,
  cat,
}

/** Scales that an institution completes with wording of its own: those marked as template in the registry. */
export const templates: readonly Template[] = [
  constitution60(),
  psqi(),
  ...(sheets as ScaleSheet[]).map((sheet) => templateOfScale(cards[sheet.code] as ScaleCard, sheet)),
]

export const templateByCode = (code: string): Template | undefined => templates.find((one) => one.code === code)
