import { Bar, BarChart, Legend, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';

/** One part of every bar. */
export interface Part {
  key: string;
  name: string;
  color: string;
}

const ROW_PX = 30;
const AXIS_PX = 34;

/** Lying bars, the longest first, each of one or several parts. */
export default function Bars(props: {
  label: string;
  parts: Part[];
  rows: Record<string, string | number>[];
}) {
  const { label, parts, rows } = props;
  const several = parts.length > 1;
  return (
    <figure className="report-chart" aria-label={label}>
      <ResponsiveContainer width="100%" height={rows.length * ROW_PX + AXIS_PX + (several ? 28 : 0)}>
        <BarChart data={rows} layout="vertical" margin={{ top: 0, right: 24, bottom: 0, left: 0 }}>
          <XAxis
            type="number"
            allowDecimals={false}
            tickLine={false}
            axisLine={false}
            stroke="#5c6773"
            fontSize={12}
          />
          <YAxis
            type="category"
            dataKey="name"
            width={132}
            tickLine={false}
            axisLine={false}
            interval={0}
            stroke="#27313b"
            fontSize={12}
          />
          <Tooltip cursor={{ fill: '#f3f6f9' }} />
          {several && (
            <Legend
              itemSorter={null}
              iconType="square"
              iconSize={10}
              // Light colours are no colours to write in.
              formatter={(name: string) => <span className="report-legend">{name}</span>}
            />
          )}
          {parts.map(({ key, name, color }) => (
            <Bar
              key={key}
              dataKey={key}
              name={name}
              fill={color}
              stackId="whole"
              barSize={16}
              isAnimationActive={false}
            />
          ))}
        </BarChart>
      </ResponsiveContainer>
    </figure>
  );
}
