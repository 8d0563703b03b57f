import { Alert, Button, Form, type FormProps } from 'antd';
import type { ReactNode } from 'react';
import { useErrorText } from '../api/errors.ts';
import { useSpeech } from '../texts.tsx';

/** A form of one step: its fields, what went wrong, and one button. */
export function StepForm<T>(props: {
  onFinish: NonNullable<FormProps<T>['onFinish']>;
  pending: boolean;
  error: unknown;
  button?: string;
  children: ReactNode;
}) {
  const { t } = useSpeech();
  const errorText = useErrorText();
  return (
    <Form<T> layout="vertical" requiredMark={false} onFinish={props.onFinish} disabled={props.pending}>
      {props.children}
      {props.error ? (
        <Form.Item>
          <Alert type="error" showIcon title={errorText(props.error)} role="alert" />
        </Form.Item>
      ) : null}
      <Button type="primary" htmlType="submit" block loading={props.pending}>
        {props.button ?? t('next')}
      </Button>
    </Form>
  );
}
