/** 9, 930, 9:30 and 9：30 as they are meant; anything else stays as it was typed. */
export function asTime(typed: string): string {
  const [, hours, minutes = '00'] = /^(\d{1,2})[:：.]?(\d{2})?$/.exec(typed.trim()) ?? [];
  return hours === undefined ? typed.trim() : `${hours.padStart(2, '0')}:${minutes}`;
}
