"use strict";
(() => {
  const comparison = JSON.parse(document.getElementById("data").textContent);
  const { runs } = comparison;

  const COLOURS = 7;
  const DASHES = [[], [10, 4], [2, 3], [10, 3, 2, 3], [5, 3]];
  // 7 and 5 have no common divisor, so 35 runs differ before a pair of colour and dash comes again.
  const colour = run => `var(--run-${run % COLOURS})`;
  const dash = run => DASHES[run % DASHES.length];
  const css = name => getComputedStyle(document.documentElement).getPropertyValue(name);
  const finite = value => typeof value === "number";

  const element = (name, text) => {
    const made = document.createElement(name);
    if (text !== undefined) made.textContent = text;
    return made;
  };

  const swatch = run => {
    const span = element("span");
    span.className = "swatch";
    // Numbers and constants only: no name ever goes through markup.
    span.innerHTML = `<svg viewBox="0 0 30 8" preserveAspectRatio="xMinYMid slice" aria-hidden="true"><path d="M0 4H30" style="stroke:${colour(run)}" stroke-dasharray="${dash(run)}"/></svg>`;
    return span;
  };

  const number = value => {
    const size = Math.abs(value);
    if (size !== 0 && (size < 1e-3 || size >= 1e6)) {
      return value.toExponential(3).replace(/\.?0+e/, "e").replace("e+", "e");
    }
    return String(Number(value.toPrecision(4)));
  };

  // ---- The table ----

  const table = document.querySelector("table");
  const body = table.tBodies[0];
  const headings = [...table.querySelectorAll(".columns th")];

  const key = (row, column) => {
    const cell = row.cells[column];
    return "value" in cell.dataset ? Number(cell.dataset.value) : cell.textContent.trim();
  };

  const sort = (column, descending) => {
    const sign = descending ? -1 : 1;
    const order = (a, b) => {
      const [x, y] = [key(a, column), key(b, column)];
      if (typeof x === "string") return sign * x.localeCompare(y, "en", { numeric: true });
      // What is not finite comes last in either direction.
      if (!isFinite(x) || !isFinite(y)) return isFinite(y) - isFinite(x);
      return sign * (x - y);
    };
    body.append(...[...body.rows].sort(order));
    headings.forEach(heading => heading.removeAttribute("aria-sort"));
    headings[column].setAttribute("aria-sort", descending ? "descending" : "ascending");
  };

  headings.forEach((heading, column) => {
    const button = element("button");
    button.type = "button";
    button.append(...heading.childNodes);
    heading.append(button);
    button.addEventListener("click", () => {
      const sorted = heading.getAttribute("aria-sort");
      sort(column, sorted ? sorted === "ascending" : "descending" in heading.dataset);
    });
  });

  table.querySelectorAll(".swatch").forEach(span => span.replaceWith(swatch(Number(span.dataset.run))));

  // ---- The charts ----

  const measured = (metric, factor = 1) => run => [
    run.history.map(row => row.epoch),
    run.history.map(row => (finite(row[metric]) ? factor * row[metric] : null)),
  ];

  const learningRate = run => {
    const { iterations, learning_rates } = run.learning_rate_curve;
    return iterations.length === 0
      ? measured("learning_rate")(run)
      : [iterations.map(iteration => iteration / comparison.iterations_per_epoch), learning_rates];
  };

  const KINDS = [
    { title: "Learning rate", curve: learningRate, log: true },
    { title: "Training loss", curve: measured("loss"), log: true, loss: true },
    { title: "Validation loss", curve: measured("val_loss"), log: true, loss: true },
    { title: "Training accuracy (%)", curve: measured("accuracy", 100) },
    { title: "Validation accuracy (%)", curve: measured("val_accuracy", 100) },
  ];

  /** Distances of ticks; an epoch is not divided. */
  const EPOCHS = [1, 10, 100, 1000, 10000].flatMap(power => [power, 2 * power, 5 * power]);

  const lastEpoch = Math.max(1, comparison.epochs, ...runs.map(run => run.history.length));
  const shown = runs.map(() => true);
  const charts = [];

  /** One array of positions and one of values for each run; undefined where only other runs have a position. */
  const joined = curves => {
    // A frame of two positions gives all charts the same epochs; its values are dropped again.
    const frame = [[0, lastEpoch], [null, null]];
    return uPlot.join([...curves, frame]).slice(0, -1);
  };

  /** The value at a position, or the one before it where the run's curve goes on beyond. */
  const valueAt = (values, at) => {
    let back = at;
    while (back >= 0 && values[back] === undefined) back--;
    return back === at || values.findIndex((value, i) => i > at && value !== undefined) > 0 ? values[back] : undefined;
  };

  const readout = () => {
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
            runs.forEach((run, i) => {
              const value = valueAt(chart.data[i + 1], idx);
              if (!shown[i] || !finite(value)) return;
              const line = element("div");
              line.append(swatch(i), element("span", run.name), element("span", number(value)));
              lines.push(line);
            });
          }
          box.hidden = lines.length === 0;
          if (box.hidden) return;
          box.replaceChildren(element("strong", `epoch ${number(chart.data[0][idx])}`), ...lines);
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

  const draw = (kind, place, curves, log) => {
    // On a linear axis one diverging run would flatten all others; it leaves the chart at the top instead.
    const top = chart => {
      const values = runs.flatMap((run, i) => (shown[i] && !run.diverged ? curves[i][1].filter(finite) : []));
      return kind.loss && !log && values.length > 0 ? Math.max(...values) : Infinity;
    };
    const y = log
      ? { distr: 3 }
      : { range: (chart, low, high) => (low === null ? [0, 1] : uPlot.rangeNum(low, Math.max(low, Math.min(high, top())), 0.08, true)) };
    const positive = curves.map(([x, values]) => [x, values.map(value => (value > 0 ? value : null))]);
    const options = {
      ...size(place),
      legend: { show: false },
      focus: { alpha: 0.2 },
      cursor: { y: false, points: { size: 6 }, sync: { key: "epochs", scales: ["x", null] } },
      scales: { x: { time: false }, y },
      axes: [
        { ...axis, font: FONT, label: "epoch", labelFont: FONT, labelSize: 18, size: 30, space: 60, incrs: EPOCHS },
        { ...axis, font: FONT, size: 58, values: (chart, ticks) => ticks.map(tick => (tick === null ? "" : number(tick))) },
      ],
      series: [
        {},
        ...runs.map((run, i) => ({
          label: run.name,
          show: shown[i],
          stroke: () => css(`--run-${i % COLOURS}`),
          points: { size: 5, fill: () => css(`--run-${i % COLOURS}`) },
          width: 1.75,
          dash: dash(i),
        })),
      ],
      plugins: [readout()],
    };
    return new uPlot(options, joined(log ? positive : curves), place);
  };

  const size = place => ({ width: place.clientWidth, height: place.clientWidth < 450 ? 240 : 290 });

  KINDS.forEach(kind => {
    const curves = runs.map(kind.curve);
    if (!curves.some(([, values]) => values.some(finite))) return;
    const figure = document.getElementById("figure").content.cloneNode(true).firstElementChild;
    document.getElementById("charts").append(figure);
    figure.querySelector("h3").textContent = kind.title;
    const place = figure.querySelector(".plot");
    place.setAttribute("aria-label", `${kind.title} by epoch, a line for each of ${runs.length} runs. The table has the final values.`);
    const chart = { place, uplot: draw(kind, place, curves, false) };
    charts.push(chart);

    const toggle = figure.querySelector("label");
    toggle.hidden = !kind.log;
    toggle.firstElementChild.addEventListener("change", event => {
      chart.uplot.destroy();
      chart.uplot = draw(kind, place, curves, event.target.checked);
    });

    const note = figure.querySelector(".note");
    if (kind.loss && runs.some(run => run.diverged) && !runs.every(run => run.diverged)) {
      note.hidden = false;
      note.textContent = "Diverged runs leave the chart at the top; the log axis shows all of them.";
    }
    // In the next frame: a chart that grows while sizes are observed would have to be observed again.
    new ResizeObserver(() => requestAnimationFrame(() => chart.uplot.setSize(size(place)))).observe(place);
  });

  const legend = document.getElementById("legend");
  runs.forEach((run, i) => {
    const button = element("button");
    button.type = "button";
    button.setAttribute("aria-pressed", "true");
    button.append(swatch(i), element("bdi", run.name));
    button.addEventListener("click", () => {
      shown[i] = !shown[i];
      button.setAttribute("aria-pressed", String(shown[i]));
      charts.forEach(({ uplot }) => uplot.setSeries(i + 1, { show: shown[i] }));
    });
    const focus = on => charts.forEach(({ uplot }) => uplot.setSeries(on ? i + 1 : null, { focus: true }));
    button.addEventListener("pointerenter", () => focus(shown[i]));
    button.addEventListener("pointerleave", () => focus(false));
    legend.append(button);
  });

  // ---- Light, dark and paper ----

  const redraw = () => charts.forEach(({ uplot }) => uplot.redraw(false));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);

  addEventListener("beforeprint", () => {
    document.documentElement.dataset.theme = "light";
    // Two columns of A4 or Letter, landscape; the first chart takes both.
    charts.forEach(({ uplot }, i) => uplot.setSize({ width: i === 0 ? 950 : 455, height: 230 }));
  });
  addEventListener("afterprint", () => {
    delete document.documentElement.dataset.theme;
    charts.forEach(({ place, uplot }) => uplot.setSize(size(place)));
  });
})();
