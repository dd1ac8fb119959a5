/** The box the curve is drawn in; it is stretched to the width there is. */
export const SPARK_BOX = { width: 100, height: 24 };

const INSET = 1;

/** A line through `values`, oldest first, that ends at the right edge; 0 is the lower edge. */
export function sparkPath(values: readonly number[], capacity: number): string {
  const peak = Math.max(...values, Number.MIN_VALUE);
  const step = SPARK_BOX.width / (capacity - 1);
  const start = SPARK_BOX.width - step * (values.length - 1);
  const rise = SPARK_BOX.height - 2 * INSET;
  return values
    .map((value, at) => {
      const x = start + at * step;
      const y = SPARK_BOX.height - INSET - (Math.max(0, value) / peak) * rise;
      return `${at === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`;
    })
    .join('');
}

/** The same line closed along the lower edge. */
export function sparkArea(values: readonly number[], capacity: number): string {
  const start = SPARK_BOX.width - (SPARK_BOX.width / (capacity - 1)) * (values.length - 1);
  const { width, height } = SPARK_BOX;
  return `${sparkPath(values, capacity)}L${width} ${height}L${start.toFixed(1)} ${height}z`;
}
