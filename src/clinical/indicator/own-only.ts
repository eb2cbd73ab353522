import { indicatorByCode } from './indicator.ts'
import { isHepatitisB, tellsOfHepatitisB } from './hepatitis-b.ts'

/**
 * What a person tells others themselves or not at all, and what is therefore never shown to whom they have let in to their
 * results: hepatitis B, HIV, what is passed on by sex, the mind, pregnancy, drugs. Words, since laboratories name their items
 * as they like; they err on the safe side.
 */
const NAMED = [
  /hiv|艾滋|获得性免疫缺陷|人类?免疫缺陷|\bCD4\b|western\W?blot|免疫印迹/iu,
  /梅毒|syphilis|treponema|\b(?:TPPA|TPHA|RPR|TRUST|VDRL)\b|淋病|淋球菌|gonorrh|衣原体|chlamydia|解脲?支原体|性病|性传播|尖锐湿疣|生殖器疱疹|\bHSV\W?(?:2|II)\b|\bHPV\b|人乳头瘤/iu,
  /精神|心理|抑郁|焦虑|双相|躁狂|自杀|自伤|强迫症|成瘾|psychiatr|mental|depress|anxiet|bipolar|suicid|self.?harm|schizophren|\b(?:PHQ|GAD|SDS|SAS|SCL|HAMD|HAMA|MMPI|EPDS|MDQ|PCL|ISI)\W?\d*\b/iu,
  /妊娠|怀孕|早孕|流产|人流|绒毛膜促性腺|\bβ?\W?HCG\b|pregnan|abortion|miscarriage/iu,
  /毒品|吗啡|甲基苯丙胺|冰毒|氯胺酮|大麻|药物滥用|吸毒|morphine|methamphetamine|ketamine|cannabis|drugs? of abuse/iu,
]

/** Whether a text tells of something that only the person themselves is shown. */
export function tellsOfOwnOnly(text: string): boolean {
  const folded = text.normalize('NFKC')
  return tellsOfHepatitisB(folded) || NAMED.some((pattern) => pattern.test(folded))
}

/**
 * Whether an item is for the person's own eyes.
 * @param item.code ours, or a laboratory's own as `local:<system>|<code>`
 * @param item.texts whatever else is known: printed name, name of the panel
 */
export function isOwnOnly(item: { code: string; texts?: readonly (string | null | undefined)[] }): boolean {
  const names = [...(indicatorByCode(item.code)?.names ?? [item.code]), ...(item.texts ?? [])]
  return isHepatitisB(item) || names.some((name) => !!name && tellsOfOwnOnly(name))
}
