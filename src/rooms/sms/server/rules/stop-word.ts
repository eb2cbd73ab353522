/**
 * Whether somebody wants no more messages. The wordings that messages in China offer (退订回T, 拒收请回复R, TD) and what
 * people write instead; a longer sentence is read by people, not guessed at.
 */
const STOP =
  /^(T|TD|R|N|QX|0000|STOP|UNSUBSCRIBE|退|退订|退定|拒收|拒绝|取消|取消订阅|不要再发|不要再发了|别再发了|别发了|勿扰)$/

export function isStopWord(text: string): boolean {
  const bare = text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/^(回复|请)+/, '')
    .replace(/[\s"'“”‘’.,，。!！?？~、:：;；]/g, '')
  return STOP.test(bare) || /^(TD|T|退订){2,3}$/.test(bare)
}
