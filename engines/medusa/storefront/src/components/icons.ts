import { svg } from "../dom";

function icon(...paths: string[]): SVGElement {
  return svg(
    "svg",
    { viewBox: "0 0 24 24", width: 22, height: 22, class: "icon", "aria-hidden": "true", focusable: "false" },
    ...paths.map((d) => svg("path", { d })),
  );
}

export const icons = {
  bag: (): SVGElement => icon("M5 8h14l-1 12H6L5 8z", "M9 8V7a3 3 0 0 1 6 0v1"),
  back: (): SVGElement => icon("M14.5 6 8.5 12l6 6"),
  check: (): SVGElement => icon("M5 12.5l4.5 4.5L19 7.5"),
  minus: (): SVGElement => icon("M6 12h12"),
  plus: (): SVGElement => icon("M6 12h12", "M12 6v12"),
  cloud: (): SVGElement => icon("M4 4l16 16", "M8.5 8A5.500 5.500 0 0 0 7 18.500h10.500", "M11 6.200A5.500 5.500 0 0 1 17.500 10.500a4 4 0 0 1 2.800 6.300"),
  tent: (): SVGElement => icon("M4 20v-8a8 8 0 0 1 16 0v8z", "M9.500 20v-6a2.500 2.500 0 0 1 5 0v6"),
  search: (): SVGElement => icon("M10.500 17a6.500 6.500 0 1 0 0-13 6.500 6.500 0 0 0 0 13z", "M15.500 15.500 20 20"),
};
