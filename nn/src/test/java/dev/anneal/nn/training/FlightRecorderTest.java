package dev.anneal.nn.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.anneal.core.sample.Samples;
import dev.anneal.nn.Mlp;
import dev.anneal.nn.file.CheckpointFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a recording of a training run shows. */
class FlightRecorderTest {
  private static final Samples SAMPLES = TestData.clouds(20, 4, 3);

  @TempDir private Path folder;

  private List<RecordedEvent> events(String name, Recording recording) throws IOException {
    Path file = folder.resolve("a.jfr");
    recording.dump(file);
    return RecordingFile.readAllEvents(file).stream()
        .filter(event -> event.getEventType().getName().equals("dev.anneal." + name))
        .toList();
  }

  @Test
  void stepsEpochsAndCheckpointsAreShown() throws IOException {
    Mlp mlp = Mlp.parse("4-3");
    try (Recording recording = new Recording();
        CheckpointFolder checkpoints = CheckpointFolder.open(folder.resolve("run"), 2);
        Trainer trainer =
            Training.of(mlp.model(), mlp.loss(), TestData.optimizer("sgd"))
                .batch(8)
                .epochs(2)
                .validation(SAMPLES)
                .trainer()) {
      recording.start();
      Session session = trainer.session(SAMPLES);
      History history = session.history();
      for (int step = 0; step < 4; step++) {
        session.step();
      }
      checkpoints.write(4, session.state().toFile(new LinkedHashMap<>()), true);
      session.run();
      recording.stop();
      assertEquals(
          List.of(1L, 2L, 3L, 4L, 5L, 6L),
          events("Step", recording).stream().map(event -> event.getLong("step")).toList());
      List<RecordedEvent> epochs = events("Epoch", recording);
      assertEquals(2, epochs.size());
      assertEquals(2, epochs.getLast().getInt("epoch"));
      assertEquals(history.last().value("loss"), epochs.getLast().getDouble("loss"));
      assertEquals(history.last().value("val_loss"), epochs.getLast().getDouble("validationLoss"));
      RecordedEvent checkpoint = events("Checkpoint", recording).getFirst();
      assertEquals(4, checkpoint.getLong("position"));
      assertEquals(true, checkpoint.getBoolean("best"));
      assertEquals(
          folder.resolve("run/checkpoints/step-000000000004.best.safetensors").toFile().length(),
          checkpoint.getLong("bytes"));
    }
  }
}
