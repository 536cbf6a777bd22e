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

  /** A line for each run. */
  const each = curve => runs.map((run, i) => ({ owner: i, name: run.name, curve: curve(run), run }));

  /** A line for each group of each run. */
  const rates = runs.flatMap((run, i) => {
    const { iterations, learning_rates } = run.learning_rate_curves;
    const curves = Object.entries(learning_rates);
    const epochs = iterations.map(iteration => iteration / comparison.iterations_per_epoch);
    return curves.length === 0
      ? [{ owner: i, name: run.name, curve: measured("learning_rate")(run) }]
      : curves.map(([name, values], group) => ({
          owner: i,
          dashed: i + group,
          name: curves.length === 1 ? run.name : `${run.name}: ${name.slice(0, name.lastIndexOf("/"))}`,
          curve: [epochs, values],
        }));
  });

  const USUAL = ["val_loss", "val_accuracy"];
  const SHORT = { val_rmse: "RMSE", val_mae: "MAE", val_r2: "R²", val_auc: "AUC", val_f1: "F1" };
  const measures = [...new Set(runs.flatMap(run => run.history.flatMap(Object.keys)))].filter(
    name => name.startsWith("val_") && !USUAL.includes(name),
  );

  const KINDS = [
    { title: "Learning rate", lines: rates },
    { title: "Training loss", lines: each(measured("loss")), loss: true },
    { title: "Validation loss", lines: each(measured("val_loss")), loss: true },
    { title: "Training accuracy (%)", lines: each(measured("accuracy", 100)), linear: true },
    { title: "Validation accuracy (%)", lines: each(measured("val_accuracy", 100)), linear: true },
    ...measures.map(name => ({
      title: `Validation ${SHORT[name] ?? name.slice("val_".length).replaceAll("_", " ")}`,
      lines: each(measured(name)),
      linear: true,
    })),
  ].filter(({ lines }) => lines.some(({ curve }) => curve[1].some(finite)));

  /** Distances of ticks; an epoch is not divided. */
  const EPOCHS = [1, 10, 100, 1000, 10000].flatMap(power => [power, 2 * power, 5 * power]);

  const lastEpoch = Math.max(1, comparison.epochs, ...runs.map(run => run.history.length));
  const shown = runs.map(() => true);

  /** One array of positions and one of values for each run; undefined where only other runs have a position. */
  const joined = curves => {
    // A frame of two positions gives all charts the same epochs; its values are dropped again.
    const frame = [[0, lastEpoch], [null, null]];
    return uPlot.join([...curves, frame]).slice(0, -1);
  };

  /** Lines { owner, dashed, name, curve } over epochs; shown says which owners are. */
  const draw = (place, { lines, loss }, shown, log) => {
    // On a linear axis one diverging run would flatten all others; it leaves the chart at the top instead.
    const top = () => {
      const values = lines.flatMap(({ owner, run, curve }) => (shown[owner] && !run.diverged ? curve[1].filter(finite) : []));
      return values.length > 0 ? Math.max(...values) : Infinity;
    };
    const y = log
      ? { distr: 3 }
      : { range: (chart, low, high) => (low === null ? [0, 1] : uPlot.rangeNum(low, loss ? Math.max(low, Math.min(high, top())) : high, 0.08, true)) };
    const curves = lines.map(({ curve: [x, values] }) => [x, log ? values.map(value => (value > 0 ? value : null)) : values]);
    const standard = shared.options(place);
    const options = {
      ...standard,
      cursor: { ...standard.cursor, sync: { key: "epochs", scales: ["x", null] } },
      scales: { x: { time: false }, y },
      axes: [shared.xAxis("epoch", EPOCHS), shared.yAxis()],
      series: [
        {},
        ...lines.map(({ owner, dashed, name }) => ({
          label: name,
          show: shown[owner],
          stroke: stroke(owner),
          points: { size: 5, fill: stroke(owner) },
          width: 1.75,
          dash: dash(dashed ?? owner),
        })),
      ],
      plugins: [
        shared.readout(
          lines.map(({ owner, dashed, name }) => ({ index: owner, dashed, name, shown: () => shown[owner] })),
          epoch => `epoch ${shared.number(epoch)}`,
        ),
      ],
    };
    return new uPlot(options, joined(curves), place);
  };

  /** A chart { place, owners, uplot, redraw() } in a figure, of lines that may change. */
  const chart = (figure, kind, shown, log) => {
    const place = figure.querySelector(".plot");
    const toggle = figure.querySelector("label");
    toggle.hidden = kind.linear === true;
    toggle.firstElementChild.checked = log;
    const made = {
      place,
      redraw: () => {
        made.uplot?.destroy();
        made.owners = kind.lines.map(({ owner }) => owner);
        made.uplot = draw(place, kind, shown, toggle.firstElementChild.checked);
      },
    };
    made.redraw();
    toggle.firstElementChild.addEventListener("change", made.redraw);
    shared.fit(made);
    return made;
  };

  const charts = [];
  KINDS.filter(({ lines }) => lines.some(({ curve: [, values] }) => values.some(finite))).forEach(kind => {
    const figure = shared.figure(kind.title, `${kind.title} by epoch, a line for each of ${runs.length} runs. The table has the final values.`);
    charts.push(chart(figure, kind, shown, false));
    const note = figure.querySelector(".note");
    if (kind.lines.length > runs.length) {
      note.hidden = false;
      note.textContent = "The groups of a run have its colour; the cursor names them.";
    }
    if (kind.loss && runs.some(run => run.diverged) && !runs.every(run => run.diverged)) {
      note.hidden = false;
      note.textContent = "Diverged runs leave the chart at the top; the log axis shows all of them.";
    }
  });

  shared.legend(runs.map(run => run.name), shown, charts);
  // The first chart takes both columns.
  shared.themes(charts, i => (i === 0 ? 950 : 455));

  // ---- What the optimizer did ----

  const diagnosed = runs.filter(run => run.diagnostics);
  if (diagnosed.length === 0) return;

  const choice = document.getElementById("diagnosed");
  const rows = [...document.getElementById("diagnoses").tBodies[0].rows];
  const titles = [...new Set(diagnosed.flatMap(run => Object.keys(run.diagnostics)))];
  const seen = [];
  /** Numbers of any size, which a log axis suits; what else optimizers show is mostly a factor. */
  const NORMS = ["gradient_norm", "update_ratio", "effective_rate"];

  const quantities = titles.map(quantity => {
    const title = quantity[0].toUpperCase() + quantity.slice(1).replaceAll("_", " ");
    const figure = shared.figure(title, `${title} by epoch, a line for each layer or group. The table has the final values.`, document.getElementById("quantities"));
    const kind = { lines: [] };
    return { quantity, figure, kind, chart: chart(figure, kind, seen, NORMS.includes(quantity)) };
  });
  const all = quantities.map(({ chart }) => chart);

  const choose = run => {
    const subjects = [...new Set(Object.values(run.diagnostics).flatMap(Object.keys))];
    seen.splice(0, Infinity, ...subjects.map(() => true));
    quantities.forEach(({ quantity, figure, kind, chart }) => {
      kind.lines = Object.entries(run.diagnostics[quantity] ?? {}).map(([subject, values]) => ({
        owner: subjects.indexOf(subject),
        name: subject,
        curve: [values.map((_, i) => i + 1), values],
      }));
      figure.hidden = false;
      chart.redraw();
      figure.hidden = kind.lines.length === 0;
    });
    shared.legend(subjects, seen, all, document.getElementById("subjects"));
    rows.forEach(row => (row.hidden = Number(row.dataset.run) !== runs.indexOf(run)));
  };

  diagnosed.forEach((run, i) => choice.append(new Option(run.name, i)));
  choice.addEventListener("change", () => choose(diagnosed[choice.value]));
  choice.closest("p").hidden = diagnosed.length === 1;
  shared.themes(all, i => (i === 0 ? 950 : 455));
  choose(diagnosed[0]);
})();
