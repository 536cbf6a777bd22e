package dev.anneal.core.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.anneal.core.OtherJvm;
import dev.anneal.core.kernel.Width;
import dev.anneal.core.parallel.Workers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import jdk.jfr.EventType;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Recorders start and stop with the process, and may be absent from it. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MatrixProductEventTest {
  private static final String NAME = "dev.anneal.MatrixProduct";

  /** Without a recorder. */
  static final class Product {
    private Product() {}

    public static void main(String[] args) {
      multiply(0);
      System.out.print(ModuleLayer.boot().findModule("jdk.jfr").isPresent());
    }

    /** Takes at least so long. */
    static void multiply(long millis) {
      try (Workers workers = new Workers(1)) {
        Matrix a = Matrix.zeros(3, 7, Layout.ROWS);
        Matrix b = Matrix.zeros(7, 5, Layout.ROWS);
        Matrix c = Matrix.zeros(3, 5, Layout.ROWS);
        Epilogue slow =
            (_, _, _, _, _, _, _, _) -> {
              long end = System.nanoTime() + millis * 1_000_000;
              while (System.nanoTime() < end) {
                Thread.onSpinWait();
              }
            };
        new MatrixProduct(false, false, Width.SCALAR, workers).run(a, b, c, 3, 7, slow);
      }
    }
  }

  /** Products before, during and between two recordings. */
  static final class Recorded {
    private Recorded() {}

    public static void main(String[] args) throws IOException {
      Product.multiply(20);
      try (Recording all = new Recording()) {
        all.enable(NAME).withThreshold(Duration.ZERO);
        all.start();
        Product.multiply(0);
        print(all);
      }
      Product.multiply(20);
      try (Recording slow = new Recording()) {
        slow.enable(NAME);
        slow.start();
        Product.multiply(20);
        print(slow);
      }
      EventType.getEventType(MatrixProductEvent.class).getSettingDescriptors().stream()
          .filter(setting -> setting.getName().equals("threshold"))
          .forEach(setting -> System.out.print(setting.getDefaultValue()));
    }

    private static void print(Recording recording) throws IOException {
      recording.stop();
      Path file = Files.createTempFile("products", ".jfr");
      try {
        recording.dump(file);
        for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
          System.out.printf(
              "%d x %d x %d, ",
              event.getInt("rows"), event.getInt("depth"), event.getInt("columns"));
        }
      } finally {
        Files.delete(file);
      }
    }
  }

  @Test
  void theFlightRecorderShowsProductsThatTakeLong() throws Exception {
    assertEquals("3 x 7 x 5, 3 x 7 x 5, 10 ms", OtherJvm.run(Recorded.class).out());
  }

  @Test
  void itsModuleMayBeAbsent() throws Exception {
    assertEquals("false", OtherJvm.run(Product.class, "--limit-modules=java.base").out());
  }
}
