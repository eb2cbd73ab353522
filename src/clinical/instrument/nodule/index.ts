import type { Instrument } from '../core/instrument.ts'
import { acrTirads } from './acr-tirads/acr-tirads.ts'
import { biRads } from './bi-rads/bi-rads.ts'
import { cLungRads } from './c-lung-rads/c-lung-rads.ts'
import { cTirads } from './c-tirads/c-tirads.ts'
import { fleischner2017 } from './fleischner-2017/fleischner-2017.ts'
import { lungNoduleBrock } from './lung-nodule-brock/lung-nodule-brock.ts'
import { lungNoduleMayo } from './lung-nodule-mayo/lung-nodule-mayo.ts'
import { lungRads2022 } from './lung-rads-2022/lung-rads-2022.ts'

export const instruments: Instrument[] = [
  fleischner2017,
  lungRads2022,
  cLungRads,
  lungNoduleBrock,
  lungNoduleMayo,
  acrTirads,
  cTirads,
  biRads,
]
