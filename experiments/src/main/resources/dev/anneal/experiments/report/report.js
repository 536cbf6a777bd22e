"use strict";
(() => {
  const comparison = JSON.parse(document.getElementById("data").textContent);
  const { runs } = comparison;

  const { dash, element, finite, stroke } = shared;

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

  shared.swatches();

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
    const standard = shared.options(place);
    const options = {
      ...standard,
      cursor: { ...standard.cursor, sync: { key: "epochs", scales: ["x", null] } },
      scales: { x: { time: false }, y },
      axes: [shared.xAxis("epoch", EPOCHS), shared.yAxis()],
      series: [
        {},
        ...runs.map((run, i) => ({
          label: run.name,
          show: shown[i],
          stroke: stroke(i),
          points: { size: 5, fill: stroke(i) },
          width: 1.75,
          dash: dash(i),
        })),
      ],
      plugins: [shared.readout(runs.map((run, i) => ({ index: i, name: run.name, shown: () => shown[i] })), epoch => `epoch ${shared.number(epoch)}`)],
    };
    return new uPlot(options, joined(log ? positive : curves), place);
  };

  KINDS.forEach(kind => {
    const curves = runs.map(kind.curve);
    if (!curves.some(([, values]) => values.some(finite))) return;
    const figure = shared.figure(kind.title, `${kind.title} by epoch, a line for each of ${runs.length} runs. The table has the final values.`);
    const place = figure.querySelector(".plot");
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
    shared.fit(chart);
  });

  shared.legend(runs.map(run => run.name), shown, charts, ({ uplot }, i, options) => uplot.setSeries(i === null ? null : i + 1, options));
  // The first chart takes both columns.
  shared.themes(charts, i => (i === 0 ? 950 : 455));
})();
