import {
  ExpandOutlined,
  EyeInvisibleOutlined,
  EyeOutlined,
  RotateLeftOutlined,
  RotateRightOutlined,
  SunOutlined,
  ZoomInOutlined,
  ZoomOutOutlined,
} from '@ant-design/icons';
import { Button, Slider, Tooltip } from 'antd';
import type { ReactNode } from 'react';
import type { ReviewText } from '../texts.ts';
import { useReviewTexts } from '../texts.ts';
import { turn, type View, whole, zoomAt } from './view.ts';

const STEP = 1.25;

/** What the mouse and the keys do as well, as buttons. */
export function ViewerToolbar(props: {
  view: View;
  isPlain: boolean;
  disabled: boolean;
  onView(change: (view: View) => View): void;
  onPlain(): void;
}) {
  const t = useReviewTexts();
  const { view, isPlain, disabled, onView, onPlain } = props;
  const tool = (text: ReviewText, key: string, icon: ReactNode, change: (view: View) => View) => (
    <Tooltip title={`${t(text)} (${key})`}>
      <Button
        type="text"
        aria-label={t(text)}
        icon={icon}
        disabled={disabled}
        onClick={() => onView(change)}
      />
    </Tooltip>
  );
  return (
    <div className="viewer-toolbar" role="toolbar" aria-label={t('viewer')}>
      {tool('rotateLeft', '[', <RotateLeftOutlined aria-hidden />, (before) => turn(before, -1))}
      {tool('rotateRight', ']', <RotateRightOutlined aria-hidden />, (before) => turn(before, 1))}
      {tool('zoomOut', '-', <ZoomOutOutlined aria-hidden />, (before) => zoomAt(before, 1 / STEP))}
      <span className="viewer-zoom">{Math.round(view.zoom * 100)}%</span>
      {tool('zoomIn', '+', <ZoomInOutlined aria-hidden />, (before) => zoomAt(before, STEP))}
      {tool('fit', '0', <ExpandOutlined aria-hidden />, whole)}
      <span className="viewer-brightness">
        <SunOutlined aria-hidden />
        <Slider
          min={40}
          max={260}
          value={view.brightness}
          disabled={disabled}
          ariaLabelForHandle={t('brightness')}
          onChange={(brightness) => onView((before) => ({ ...before, brightness }))}
          tooltip={{ formatter: (value) => `${value}%` }}
        />
      </span>
      <Button
        className="viewer-plain"
        danger={isPlain}
        icon={isPlain ? <EyeInvisibleOutlined aria-hidden /> : <EyeOutlined aria-hidden />}
        disabled={disabled}
        onClick={onPlain}
      >
        {t(isPlain ? 'hidePlain' : 'showPlain')}
      </Button>
    </div>
  );
}
