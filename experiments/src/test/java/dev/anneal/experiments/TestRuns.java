package dev.anneal.experiments;

import dev.anneal.data.Splitting;
import dev.anneal.data.prepare.Preparation;
import dev.anneal.data.table.TableOptions;
import dev.anneal.nn.Architecture;
import dev.anneal.nn.group.Groups;
import dev.anneal.nn.training.Guard;
import java.util.List;
import java.util.Optional;

/** Runs on data that need not have a name. */
public final class TestRuns {
  private TestRuns() {}

  public static PreparedRun of(
      TrainingData data, Architecture model, Groups groups, int epochs, int batch) {
    return of(data, model, groups, epochs, batch, false);
  }

  public static PreparedRun of(
      TrainingData data,
      Architecture model,
      Groups groups,
      int epochs,
      int batch,
      boolean diagnosed) {
    return PreparedRun.of(
        new Experiment(
            "test",
            List.of(),
            new DataSource(
                data.name(),
                Optional.empty(),
                TableOptions.NONE,
                Preparation.USUAL,
                Splitting.stratified(0),
                Optional.empty(),
                Optional.empty()),
            model,
            Optional.empty(),
            false,
            groups,
            epochs,
            batch,
            1,
            Optional.empty(),
            Optional.empty(),
            diagnosed,
            Guard.STOP),
        data);
  }
}
