import type { Figures } from "./figures";
import type { Measured } from "./measure";

/** Size of the picture, and of the field within its axes. */
const WIDTH = 720;
const HEIGHT = 380;
const FIELD = { left: 60, right: 520, top: 60, bottom: 320 };

const TITLE = "Destroying N users of three kinds at --parallel 200, in seconds";

/** Colours on light and on dark pages. */
const COLOURS = {
  ground: ["#ffffff", "#0d1117"],
  text: ["#1f2328", "#e6edf3"],
  grid: ["#d8dee4", "#30363d"],
  usual: ["#c2410c", "#fb923c"],
  product: ["#1d4ed8", "#79a8ff"],
  floor: ["#15803d", "#4ade80"],
  engine: ["#6b7280", "#9ca3af"],
} as const;

type Colour = keyof typeof COLOURS;

interface Curve {
  readonly label: string;
  readonly colour: Colour;
  readonly points: readonly (readonly [count: number, seconds: number])[];
}

/** Time of a destroy of mixed users against their number, both axes logarithmic, as SVG for light and dark pages. */
export function pictureOf(sizes: readonly Measured[]): string {
  const wide = sizes.filter(({ size }) => size.population === "mixed" && size.parallel !== undefined);
  const curve = (label: string, colour: Colour, pick: (each: Measured) => Figures | undefined) => ({
    label,
    colour,
    points: wide.flatMap((each) => {
      const figures = pick(each);
      return figures ? [[each.size.count, figures.destroy.ms / 1_000] as const] : [];
    }),
  });
  const curves: Curve[] = [
    curve("the usual way", "usual", ({ usual }) => usual),
    curve("pulumi-aws-users", "product", ({ product }) => product),
    curve("floor: bare calls", "floor", ({ floor }) => floor),
    curve("engine alone", "engine", ({ engine }) => engine),
  ];
  return draw(curves, [...new Set(wide.map(({ size }) => size.count))]);
}

function draw(curves: readonly Curve[], counts: readonly number[]): string {
  const ticks = ticksFor(curves.flatMap(({ points }) => points.map(([, seconds]) => seconds)));
  const x = scale(counts[0] ?? 1, counts.at(-1) ?? 1, FIELD.left + 20, FIELD.right - 20);
  const y = scale(ticks[0] ?? 1, ticks.at(-1) ?? 10, FIELD.bottom, FIELD.top);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="13" role="img" aria-label="${TITLE}">`,
    `<title>${TITLE}</title>`,
    `<style>${rules(0)} @media (prefers-color-scheme: dark) { ${rules(1)} }</style>`,
    `<rect class="ground" width="${WIDTH}" height="${HEIGHT}"/>`,
    `<text font-size="15" x="${FIELD.left}" y="30">${TITLE}</text>`,
    ...ticks.map(
      (tick) =>
        `<path class="grid" d="M${FIELD.left} ${y(tick)}H${FIELD.right}"/><text x="${FIELD.left - 8}" y="${y(tick) + 4}" text-anchor="end">${tick}</text>`,
    ),
    ...counts.map(
      (count) => `<text x="${x(count)}" y="${FIELD.bottom + 20}" text-anchor="middle">${count}</text>`,
    ),
    `<text x="${(FIELD.left + FIELD.right) / 2}" y="${FIELD.bottom + 42}" text-anchor="middle">N</text>`,
    ...curves.flatMap((curve, index) => line(curve, x, y, FIELD.top + 12 + index * 24)),
    "</svg>",
    "",
  ].join("\n");
}

/** One rule a colour: lines have it as stroke, all else as fill. */
function rules(mode: 0 | 1): string {
  return Object.entries(COLOURS)
    .map(([name, colours]) => {
      const selector = name === "text" ? "text" : `.${name}`;
      return `${selector} { fill: ${colours[mode]} } path.${name} { fill: none; stroke: ${colours[mode]} }`;
    })
    .join(" ");
}

/** The round numbers that the times lie between. */
function ticksFor(times: readonly number[]): number[] {
  return [1, 2, 5, 10, 20, 50, 100, 200, 500].filter(
    (tick, index, all) =>
      (all[index + 1] ?? tick) > Math.min(...times) && (all[index - 1] ?? 0) < Math.max(...times),
  );
}

function line(
  { label, colour, points }: Curve,
  x: (count: number) => number,
  y: (seconds: number) => number,
  legendY: number,
): string[] {
  const stroke = `class="${colour}" stroke-width="2"${colour === "engine" ? ' stroke-dasharray="5 4"' : ""}`;
  const path = points.map(([count, seconds]) => `${x(count)} ${y(seconds)}`).join("L");
  return [
    ...(points.length > 1 ? [`<path d="M${path}" ${stroke}/>`] : []),
    ...points.map(
      ([count, seconds]) =>
        `<circle cx="${x(count)}" cy="${y(seconds)}" r="3.5" class="${colour}"><title>${label}, ${count} users: ${seconds.toFixed(1)} s</title></circle>`,
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
