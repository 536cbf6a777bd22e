package dev.anneal.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.InputException;
import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.core.parallel.Workers;
import dev.anneal.nn.training.EpochMetrics;
import dev.anneal.nn.training.TrainingListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {
  private static final CheckpointPolicy EACH_EPOCH =
      new CheckpointPolicy(1, CheckpointPolicy.Unit.EPOCHS, 3);

  @TempDir Path folder;

  private static final Catalogue CATALOGUE = Catalogue.load();

  private final Experiment experiment =
      Experiment.parse(
          "a test",
          """
          name: test
          data: ionosphere
          validation-split: 0.33
          optimizer: sgd(lr=0.1, momentum=0.9)
          epochs: 40
          seed: 1
          patience: 3
          restore-best: true
          """,
          CATALOGUE);
  private final PreparedRun prepared =
      PreparedRun.of(experiment, experiment.data().open(experiment.seed(), ReadingListener.NONE));

  private Outcome run(TrainingListener listener) {
    try (Workers workers = new Workers(1)) {
      return new Runner(workers).run(prepared, listener);
    }
  }

  @Test
  void aRowIsOnDiskAsSoonAsItsEpochEnds() {
    try (Workers workers = new Workers(1);
        RunFolder record = RunFolder.begin(folder, prepared, EACH_EPOCH, 1)) {
      ActiveRun active =
          new ActiveRun(
              prepared,
              workers,
              TrainingListener.all(
                  record,
                  new TrainingListener() {
                    @Override
                    public void epoch(Live live, EpochMetrics metrics) {
                      assertEquals(metrics.epoch(), lines("metrics.jsonl"));
                    }
                  }));
      while (active.step()) {}
      assertFalse(Files.exists(folder.resolve("summary.json")), "not finished yet");
    }
  }

  private int lines(String file) {
    try {
      return Files.readAllLines(folder.resolve(file)).size();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void theSummaryOfAStoppedRunIsOfItsBestEpoch() {
    Outcome outcome = run(TrainingListener.NONE);
    assertTrue(outcome.result().epochs().size() < 40, "stopped early");
    assertEquals(outcome.result().best(), outcome.result().kept());
    assertEquals(outcome.result().epochs().size() - 3, outcome.result().kept().epoch());
  }

  @Test
  void aFolderThatCannotBeWrittenIsAnError() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "in the way");
    InputException refused =
        assertThrows(
            InputException.class,
            () -> RunFolder.begin(file.resolve("run"), prepared, EACH_EPOCH, 1));
    assertTrue(
        String.valueOf(refused.getMessage()).contains("cannot be written"), refused.getMessage());
  }
}
