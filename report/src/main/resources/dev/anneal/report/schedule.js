"use strict";
(() => {
  const { iterations, iterations_per_epoch, names, charts: wanted } = JSON.parse(document.getElementById("data").textContent);
  const { dash, number, stroke } = shared;

  const shown = names.map(() => true);
  const charts = [];

  shared.swatches();

  const inEpochs = iterations >= 2 * iterations_per_epoch;
  const clock = inEpochs ? "epoch" : "iteration";
  const time = iteration => (inEpochs ? iteration / iterations_per_epoch : iteration);
  const heading = x =>
    inEpochs ? `epoch ${number(x)}, iteration ${Math.round(x * iterations_per_epoch).toLocaleString("en")}` : `iteration ${x.toLocaleString("en")}`;

  const draw = (curves, place, foot, log) => {
    // A frame of two positions gives all charts the same run; its values are dropped again.
    const frame = [[0, time(iterations)], [null, null]];
    const data = curves.map(curve => [curve.iterations.map(time), log ? curve.values.map(value => (value > 0 ? value : null)) : curve.values]);
    const standard = shared.options(place);
    const options = {
      ...standard,
      cursor: { ...standard.cursor, sync: { key: "run", scales: ["x", null] } },
      scales: {
        x: { time: false },
        y: log ? { distr: 3 } : { range: (chart, low, high) => (low === null ? [0, 1] : uPlot.rangeNum(foot, high, 0.06, true)) },
      },
      axes: [shared.xAxis(clock), shared.yAxis()],
      series: [
        {},
        ...curves.map(({ schedule }) => ({
          label: names[schedule],
          show: shown[schedule],
          stroke: stroke(schedule),
          points: { show: false },
          width: 1.75,
          dash: dash(schedule),
        })),
      ],
      plugins: [shared.readout(curves.map(({ schedule }) => ({ index: schedule, name: names[schedule], shown: () => shown[schedule] })), heading)],
    };
    return new uPlot(options, uPlot.join([...data, frame]).slice(0, -1), place);
  };

  wanted.forEach(({ name, curves, foot }) => {
    const figure = shared.figure(name, `${name} over the run, ${curves.length === 1 ? "one line" : `${curves.length} lines`}. The tables have its values.`);
    const place = figure.querySelector(".plot");
    const chart = { place, owners: curves.map(({ schedule }) => schedule), uplot: draw(curves, place, foot, false) };
    charts.push(chart);
    figure.querySelector("input").addEventListener("change", event => {
      chart.uplot.destroy();
      chart.uplot = draw(curves, place, foot, event.target.checked);
    });
    shared.fit(chart);
  });

  if (names.length > 1) {
    shared.legend(names, shown, charts);
  }
  shared.themes(charts, () => 950);
})();
