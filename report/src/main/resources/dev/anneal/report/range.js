"use strict";
(() => {
  const { parameter, logarithmic, floor, ceiling, suggestion, values, mean, least, greatest, seeds } = JSON.parse(document.getElementById("data").textContent);
  const { dash, number, stroke } = shared;

  const names = ["mean and band of the seeds", ...seeds.map(({ name }) => name)];
  const shown = names.map((name, i) => i === 0);

  shared.swatches();

  const line = (index, extra) => ({ show: shown[index], stroke: stroke(index), points: { show: false }, width: 1.25, dash: dash(index), ...extra });
  const bound = { ...line(0), width: 0 };

  /** A line at what is suggested, with its number. */
  const mark = {
    hooks: {
      draw: chart => {
        const { left, top, width, height } = chart.bbox;
        const x = suggestion === undefined ? NaN : chart.valToPos(suggestion, "x", true);
        if (!(x >= left && x <= left + width)) return;
        const { ctx } = chart;
        ctx.save();
        ctx.strokeStyle = ctx.fillStyle = getComputedStyle(document.documentElement).getPropertyValue("--soft");
        ctx.setLineDash([2 * devicePixelRatio, 4 * devicePixelRatio]);
        ctx.beginPath();
        ctx.moveTo(x, top);
        ctx.lineTo(x, top + height);
        ctx.stroke();
        const right = x < left + width / 2;
        ctx.textAlign = right ? "left" : "right";
        ctx.font = `${12 * devicePixelRatio}px system-ui, sans-serif`;
        ctx.fillText(`try ${number(suggestion)}`, x + (right ? 6 : -6) * devicePixelRatio, top + 14 * devicePixelRatio);
        ctx.restore();
      },
    },
  };

  const figure = shared.figure(`loss over ${parameter}`, `Smoothed loss over the ${parameter}: the mean of ${seeds.length} seeds, their band, and each seed. The tables have what follows from them.`);
  const place = figure.querySelector(".plot");
  const padded = losses => values.map((value, i) => losses[i] ?? null);
  const standard = shared.options(place);
  const uplot = new uPlot(
    {
      ...standard,
      scales: { x: { time: false, ...(logarithmic && { distr: 3 }) }, y: { range: () => [floor, ceiling] } },
      axes: [{ ...shared.xAxis(parameter), ...(logarithmic && { values: (chart, ticks) => ticks.map(tick => (tick !== null && Number.isInteger(Math.round(Math.log10(tick) * 1e9) / 1e9) ? number(tick) : "")) }) }, shared.yAxis()],
      series: [{}, line(0, { width: 2 }), ...seeds.map((seed, i) => line(i + 1)), bound, bound],
      bands: [{ series: [seeds.length + 3, seeds.length + 2], fill: () => `${getComputedStyle(document.documentElement).getPropertyValue("--run-0").trim()}2a` }],
      plugins: [mark, shared.readout([...names.map((name, i) => ({ index: i, name, shown: () => shown[i] }))], x => `${parameter} ${number(x)}`)],
    },
    [values, padded(mean), ...seeds.map(({ smoothed }) => padded(smoothed)), padded(least), padded(greatest)],
    place,
  );

  const charts = [{ place, uplot, owners: [...names.keys(), 0, 0] }];
  shared.fit(charts[0]);
  shared.legend(names, shown, charts);
  shared.themes(charts, () => 950);
})();
