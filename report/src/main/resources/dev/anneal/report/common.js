"use strict";
/** What the pages share: colours and dashes of curves, numbers, and the parts of charts. */
const shared = (() => {
  const COLOURS = 7;
  const DASHES = [[], [10, 4], [2, 3], [10, 3, 2, 3], [5, 3]];
  // 7 and 5 have no common divisor, so 35 curves differ before a pair of colour and dash comes again.
  const colour = curve => `var(--run-${curve % COLOURS})`;
  const dash = curve => DASHES[curve % DASHES.length];
  const css = name => getComputedStyle(document.documentElement).getPropertyValue(name);
  const stroke = curve => () => css(`--run-${curve % COLOURS}`);
  const finite = value => typeof value === "number";

  const element = (name, text) => {
    const made = document.createElement(name);
    if (text !== undefined) made.textContent = text;
    return made;
  };

  const swatch = (curve, dashed = curve) => {
    const span = element("span");
    span.className = "swatch";
    // Numbers and constants only: no name ever goes through markup.
    span.innerHTML = `<svg viewBox="0 0 30 8" preserveAspectRatio="xMinYMid slice" aria-hidden="true"><path d="M0 4H30" style="stroke:${colour(curve)}" stroke-dasharray="${dash(dashed)}"/></svg>`;
    return span;
  };

  const swatches = () =>
    document.querySelectorAll(".swatch[data-run]").forEach(span => span.replaceWith(swatch(Number(span.dataset.run))));

  const number = value => {
    const size = Math.abs(value);
    if (size !== 0 && (size < 1e-3 || size >= 1e6)) {
      return value.toExponential(3).replace(/\.?0+e/, "e").replace("e+", "e");
    }
    return String(Number(value.toPrecision(4)));
  };

  /** The value at a position, or the one before it where the curve goes on beyond. */
  const valueAt = (values, at) => {
    let back = at;
    while (back >= 0 && values[back] === undefined) back--;
    return back === at || values.findIndex((value, i) => i > at && value !== undefined) > 0 ? values[back] : undefined;
  };

  /** A box beside the cursor: a heading, and a line for each of the curves { index, dashed, name, shown() }. */
  const readout = (curves, heading) => {
    const box = element("div");
    box.className = "readout";
    box.hidden = true;
    let over = false;
    return {
      hooks: {
        init: chart => {
          chart.root.append(box);
          chart.over.addEventListener("mouseenter", () => (over = true));
          chart.over.addEventListener("mouseleave", () => (box.hidden = !(over = false)));
        },
        setCursor: chart => {
          const { idx, left } = chart.cursor;
          const lines = [];
          if (over && idx != null) {
            curves.forEach(({ index, dashed, name, shown }, i) => {
              const value = valueAt(chart.data[i + 1], idx);
              if (!shown() || !finite(value)) return;
              const line = element("div");
              line.append(swatch(index, dashed), element("span", name), element("span", number(value)));
              lines.push(line);
            });
          }
          box.hidden = lines.length === 0;
          if (box.hidden) return;
          box.replaceChildren(element("strong", heading(chart.data[0][idx])), ...lines);
          const start = chart.over.offsetLeft;
          const right = left < chart.over.clientWidth / 2;
          box.style.left = right ? `${start + left + 14}px` : "";
          box.style.right = right ? "" : `${chart.root.clientWidth - start - left + 14}px`;
        },
      },
    };
  };

  const axis = { stroke: () => css("--soft"), grid: { stroke: () => css("--grid"), width: 1 }, ticks: { stroke: () => css("--rule"), width: 1, size: 5 } };
  const FONT = "12px system-ui, sans-serif";
  const size = place => ({ width: place.clientWidth, height: place.clientWidth < 450 ? 240 : 290 });

  /** A chart's options but for what is its own. */
  const options = place => ({
    ...size(place),
    legend: { show: false },
    cursor: { y: false, points: { size: 6 } },
  });

  const xAxis = (label, incrs) => ({ ...axis, font: FONT, label, labelFont: FONT, labelSize: 18, size: 30, space: 60, ...(incrs && { incrs }) });
  const yAxis = () => ({ ...axis, font: FONT, size: 58, values: (chart, ticks) => ticks.map(tick => (tick === null ? "" : number(tick))) });

  /** A figure from the page's template, at the end of its charts or of others. */
  const figure = (title, label, charts = document.getElementById("charts")) => {
    const made = document.getElementById("figure").content.cloneNode(true).firstElementChild;
    charts.append(made);
    made.querySelector("h3").textContent = title;
    made.querySelector(".plot").setAttribute("aria-label", label);
    return made;
  };

  /** Keeps a chart { place, uplot } as wide as its place. */
  const fit = chart =>
    // In the next frame: a chart that grows while sizes are observed would have to be observed again.
    new ResizeObserver(() => requestAnimationFrame(() => chart.uplot.setSize(size(chart.place)))).observe(chart.place);

  /** Buttons that hide and show: a chart { uplot, owners } has for each of its curves the number of its button. */
  const legend = (names, shown, charts, place = document.getElementById("legend")) => {
    const buttons = names.map((name, i) => {
      const button = element("button");
      button.type = "button";
      button.setAttribute("aria-pressed", String(shown[i]));
      button.append(swatch(i), element("bdi", name));
      button.addEventListener("click", () => {
        shown[i] = !shown[i];
        button.setAttribute("aria-pressed", String(shown[i]));
        charts.forEach(({ uplot, owners }) => owners.forEach((owner, at) => owner === i && uplot.setSeries(at + 1, { show: shown[i] })));
      });
      const focus = on =>
        charts.forEach(({ uplot, owners }) => {
          owners.forEach((owner, at) => (uplot.series[at + 1].alpha = on && owner !== i ? 0.2 : 1));
          uplot.redraw(false);
        });
      button.addEventListener("pointerenter", () => focus(shown[i]));
      button.addEventListener("pointerleave", () => focus(false));
      return button;
    });
    place.replaceChildren(...buttons);
  };

  /** Light, dark and paper: A4 or Letter, landscape, where chart i is so wide. */
  const themes = (charts, width) => {
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => charts.forEach(({ uplot }) => uplot.redraw(false)));
    addEventListener("beforeprint", () => {
      document.documentElement.dataset.theme = "light";
      charts.forEach(({ uplot }, i) => uplot.setSize({ width: width(i), height: 230 }));
    });
    addEventListener("afterprint", () => {
      delete document.documentElement.dataset.theme;
      charts.forEach(({ place, uplot }) => uplot.setSize(size(place)));
    });
  };

  return { dash, element, figure, finite, fit, legend, number, options, readout, stroke, swatches, themes, xAxis, yAxis };
})();
