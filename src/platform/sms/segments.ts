/**
 * How many messages a text is paid as. Both providers count the same way (help.aliyun.com 44335 短信发送规则;
 * cloud.tencent.com 382/18058): the signature with its brackets counts; within the mainland each character is one, up
 * to 70 are one message, longer ones are cut into parts of 67; abroad pure GSM-7 is 160 and 153.
 */
export const SMS_LENGTH_MAX = 500

const UCS2 = { single: 70, part: 67 }
const GSM7 = { single: 160, part: 153 }

/** GSM 03.38: the basic table, and what takes two places. */
const GSM_BASIC =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà'
const GSM_EXTENDED = '|^€{}[]~\\'

export interface SmsSize {
  /** Characters as they are paid, the signature included. */
  length: number
  segments: number
  encoding: 'ucs-2' | 'gsm-7'
}

export function sizeOf(text: string, options: { mainland: boolean }): SmsSize {
  const gsm = options.mainland ? null : gsmLength(text)
  // Outside of the basic plane a character takes two places on the air, as it does in a JavaScript string.
  const length = gsm ?? text.length
  const { single, part } = gsm === null ? UCS2 : GSM7
  return {
    length,
    segments: length <= single ? 1 : Math.ceil(length / part),
    encoding: gsm === null ? 'ucs-2' : 'gsm-7',
  }
}

function gsmLength(text: string): number | null {
  let length = 0
  for (const character of text) {
    if (GSM_BASIC.includes(character)) length += 1
    else if (GSM_EXTENDED.includes(character)) length += 2
    else return null
  }
  return length
}

/** The text as the phone shows it. */
export function signed(signName: string, text: string): string {
  return `【${signName}】${text}`
}
