import { Input } from 'antd';
import { asTime } from './as-time.ts';

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
