import { svg } from "../dom";
import { hashOf } from "../image";

const tones = 6;
type Motif = () => SVGElement[];

const shape = (d: string, layer: number): SVGElement => svg("path", { d, class: `layer-${layer}` });
const disc = (cx: number, cy: number, r: number, layer: number): SVGElement => svg("circle", { cx, cy, r, class: `layer-${layer}` });

/** Quiet abstract drawings for products without a picture; the same product always gets the same one. */
const motifs: Motif[] = [
  // Arch within arch
  () => [
    shape("M0 156h200v44H0z", 1),
    shape("M42 156V98a58 58 0 0 1 116 0v58z", 2),
    shape("M64 156V100a36 36 0 0 1 72 0v56z", 1),
    shape("M82 156v-52a18 18 0 0 1 36 0v52z", 3),
  ],
  // Two gates
  () => [
    shape("M0 150h200v50H0z", 1),
    shape("M34 150V92a36 36 0 0 1 72 0v58z", 2),
    shape("M106 150v-38a30 30 0 0 1 60 0v38z", 3),
    disc(140, 52, 17, 2),
  ],
  // Low sun over water
  () => [
    disc(100, 104, 46, 3),
    shape("M0 110h200v90H0z", 1),
    shape("M62 126h76v7H62zM74 144h52v7H74zM86 162h28v7H86z", 2),
  ],
  // Hills
  () => [
    shape("M0 138c40-30 76-30 108-8s62 20 92 0v70H0z", 1),
    shape("M0 166c50-26 84-16 116 0s56 12 84-4v38H0z", 2),
    disc(132, 72, 28, 3),
  ],
  // Balance
  () => [
    shape("M0 156h200v44H0z", 1),
    shape("M58 112h84v44H58z", 2),
    shape("M72 74h56v38H72z", 3),
    disc(100, 58, 16, 2),
  ],
  // Eight-pointed tile
  () => [
    shape("M0 0h44v44H0zM156 0h44v44h-44zM0 156h44v44H0zM156 156h44v44h-44z", 1),
    shape("M56 56h88v88H56z", 2),
    shape("M100 37.8 162.2 100 100 162.2 37.8 100z", 2),
    disc(100, 100, 26, 3),
  ],
];

export function placeholder(seed: string): SVGElement {
  const hash = hashOf(seed);
  const motif = motifs[(hash >>> 8) % motifs.length] ?? motifs[0];
  return svg(
    "svg",
    {
      viewBox: "0 0 200 200",
      preserveAspectRatio: "xMidYMid slice",
      class: `placeholder tone-${hash % tones}`,
      "aria-hidden": "true",
      focusable: "false",
    },
    svg("path", { d: "M0 0h200v200H0z", class: "layer-0" }),
    ...(motif?.() ?? []),
  );
}
