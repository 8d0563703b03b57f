import { Input } from 'antd';

/** 9, 930, 9:30 and 9：30 as they are meant; anything else stays as it was typed. */
export function asTime(typed: string): string {
  const [, hours, minutes = '00'] = /^(\d{1,2})[:：.]?(\d{2})?$/.exec(typed.trim()) ?? [];
  return hours === undefined ? typed.trim() : `${hours.padStart(2, '0')}:${minutes}`;
}

/** A time of day, typed. */
export function TimeInput(props: {
  value: string;
  label: string;
  isWrong: boolean;
  onChange(value: string): void;
}) {
  const { value, label, isWrong, onChange } = props;
  return (
    <Input
      className="time-input"
      aria-label={label}
      aria-invalid={isWrong}
      {...(isWrong && { status: 'error' as const })}
      value={value}
      maxLength={5}
      inputMode="numeric"
      placeholder="09:00"
      onChange={({ target }) => onChange(target.value)}
      onBlur={() => onChange(asTime(value))}
      onPressEnter={() => onChange(asTime(value))}
    />
  );
}
