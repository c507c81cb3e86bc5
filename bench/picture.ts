import type { Figures } from "./figures";
import type { Measured } from "./measure";

/** Size of the picture, and of the field within its axes. */
const WIDTH = 720;
const HEIGHT = 380;
const FIELD = { left: 60, right: 520, top: 50, bottom: 330 };

interface Curve {
  readonly label: string;
  readonly colour: string;
  readonly dashed?: boolean;
  readonly points: readonly (readonly [count: number, seconds: number])[];
}

/** Time of a destroy of mixed users against their number, both axes logarithmic, as SVG. */
export function pictureOf(sizes: readonly Measured[]): string {
  const wide = sizes.filter(({ size }) => size.population === "mixed" && size.parallel !== undefined);
  const curve = (label: string, colour: string, pick: (each: Measured) => Figures | undefined): Curve => ({
    label,
    colour,
    points: wide.flatMap((each) => {
      const figures = pick(each);
      return figures ? [[each.size.count, figures.destroy.ms / 1_000] as const] : [];
    }),
  });
  const curves = [
    curve("the usual way", "#c2410c", ({ usual }) => usual),
    curve("pulumi-aws-users", "#1d4ed8", ({ product }) => product),
    curve("floor: bare calls", "#15803d", ({ floor }) => floor),
    { ...curve("engine alone", "#6b7280", ({ engine }) => engine), dashed: true },
  ];
  return draw(curves, [...new Set(wide.map(({ size }) => size.count))]);
}

function draw(curves: readonly Curve[], counts: readonly number[]): string {
  const times = curves.flatMap(({ points }) => points.map(([, seconds]) => seconds));
  const ticks = [1, 2, 5, 10, 20, 50, 100, 200, 500].filter(
    (tick, index, all) =>
      (all[index + 1] ?? tick) > Math.min(...times) && (all[index - 1] ?? 0) < Math.max(...times),
  );
  const x = scale(counts[0] ?? 1, counts.at(-1) ?? 1, FIELD.left + 20, FIELD.right - 20);
  const y = scale(ticks[0] ?? 1, ticks.at(-1) ?? 10, FIELD.bottom, FIELD.top);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="13">`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#ffffff"/>`,
    `<text x="${FIELD.left}" y="28" font-size="15">Destroying N users of three kinds at --parallel 200, deletions of 5 s: seconds</text>`,
    ...ticks.map(
      (tick) =>
        `<path d="M${FIELD.left} ${y(tick)}H${FIELD.right}" stroke="#e5e7eb"/><text x="${FIELD.left - 8}" y="${y(tick) + 4}" text-anchor="end">${tick}</text>`,
    ),
    ...counts.map(
      (count) => `<text x="${x(count)}" y="${FIELD.bottom + 20}" text-anchor="middle">${count}</text>`,
    ),
    `<text x="${(FIELD.left + FIELD.right) / 2}" y="${FIELD.bottom + 40}" text-anchor="middle">users</text>`,
    ...curves.flatMap((curve, index) => line(curve, x, y, FIELD.top + 20 + index * 24)),
    "</svg>",
    "",
  ].join("\n");
}

function line(
  { label, colour, dashed, points }: Curve,
  x: (count: number) => number,
  y: (seconds: number) => number,
  legendY: number,
): string[] {
  const stroke = `fill="none" stroke="${colour}" stroke-width="2"${dashed ? ' stroke-dasharray="5 4"' : ""}`;
  const path = points.map(([count, seconds]) => `${x(count)} ${y(seconds)}`).join("L");
  return [
    ...(points.length > 1 ? [`<path d="M${path}" ${stroke}/>`] : []),
    ...points.map(
      ([count, seconds]) =>
        `<circle cx="${x(count)}" cy="${y(seconds)}" r="3.5" fill="${colour}"><title>${label}, ${count} users: ${seconds.toFixed(1)} s</title></circle>`,
    ),
    `<path d="M${FIELD.right + 20} ${legendY}h24" ${stroke}/><text x="${FIELD.right + 52}" y="${legendY + 4}">${label}</text>`,
  ];
}

/** Logarithmic; whole tenths of a point keep the file small. */
function scale(from: number, to: number, start: number, end: number): (value: number) => number {
  return (value) => {
    const share = to === from ? 0.5 : Math.log(value / from) / Math.log(to / from);
    return Math.round((start + share * (end - start)) * 10) / 10;
  };
}
